package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class DualWriteStageTest extends RedisCacheServiceContract {
    @Override
    Stage stage() {
        return new Stage.DualWrite();
    }
}
