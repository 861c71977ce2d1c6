package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class ConsolidatedNgxTest extends NgxCacheManagerContract {
    @Override
    Stage stage() {
        return new Stage.Consolidated();
    }
}
