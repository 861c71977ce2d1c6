package io.cachemigrator.cache.factory;

import java.time.Duration;

/** A cache for tests: a minute, database 15, 50 entries in memory if it is asked to keep any there. Not thread safe. */
public final class TestingCacheSpec extends CacheSpec<TestingCacheSpec> {
    TestingCacheSpec() {
        super("testing", "redis://redis:6379/15", Duration.ofMinutes(1), 50, 1_000, 1);
    }

    @Override
    TestingCacheSpec self() {
        return this;
    }
}
