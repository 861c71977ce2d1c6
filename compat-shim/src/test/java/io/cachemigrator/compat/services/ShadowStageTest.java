package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class ShadowStageTest extends RedisCacheServiceContract {
    @Override
    Stage stage() {
        return new Stage.Shadow();
    }
}
