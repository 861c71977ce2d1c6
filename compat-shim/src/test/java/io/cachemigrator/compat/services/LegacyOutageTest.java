package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class LegacyOutageTest extends RedisOutageContract {
    @Override
    Stage stage() {
        return new Stage.Legacy();
    }
}
