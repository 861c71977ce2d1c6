package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class CanaryStageTest extends RedisCacheServiceContract {
    @Override
    Stage stage() {
        return new Stage.Canary(50);
    }
}
