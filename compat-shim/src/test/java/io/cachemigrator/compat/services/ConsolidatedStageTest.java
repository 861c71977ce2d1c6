package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class ConsolidatedStageTest extends RedisCacheServiceContract {
    @Override
    Stage stage() {
        return new Stage.Consolidated();
    }
}
