package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.config.TierPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("SVC-3")
@Tag("VAL-1")
class ClusterContractTest extends CacheContract {
    private static RedisStore store;

    @BeforeAll
    static void startServer() {
        store = RedisStore.cluster();
    }

    @AfterAll
    static void stopServer() {
        store.close();
    }

    @Override
    protected CacheFixture openFixture() {
        return TierFixture.redis(TierPolicy.REDIS, store);
    }
}
