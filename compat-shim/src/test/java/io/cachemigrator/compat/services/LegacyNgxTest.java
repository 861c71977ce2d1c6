package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class LegacyNgxTest extends NgxCacheManagerContract {
    @Override
    Stage stage() {
        return new Stage.Legacy();
    }
}
