package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class DualWriteNgxTest extends NgxCacheManagerContract {
    @Override
    Stage stage() {
        return new Stage.DualWrite();
    }
}
