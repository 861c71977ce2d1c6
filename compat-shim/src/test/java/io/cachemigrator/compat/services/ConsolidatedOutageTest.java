package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;

class ConsolidatedOutageTest extends RedisOutageContract {
    @Override
    Stage stage() {
        return new Stage.Consolidated();
    }
}
