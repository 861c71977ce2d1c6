package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class LegacyStageTest extends RedisCacheServiceContract {
    @Override
    Stage stage() {
        return new Stage.Legacy();
    }
}
