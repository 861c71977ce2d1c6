package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A service over one combination of the product's tiers. */
abstract class TierFixture implements CacheFixture {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final TierPolicy policy;

    TierFixture(TierPolicy policy) {
        this.policy = policy;
    }

    static CacheFixture memory() {
        return new TierFixture(TierPolicy.MEMORY) {
            @Override
            public String authority() {
                return "memory";
            }

            @Override
            public boolean isShared() {
                return false;
            }
        };
    }

    static CacheFixture disk(TierPolicy policy, Path folder) {
        return new TierFixture(policy) {
            @Override
            public CacheConfigBuilder configuration() {
                return super.configuration().diskFolder(folder.resolve("a folder?x=1"));
            }

            @Override
            public String authority() {
                return "disk";
            }
        };
    }

    static CacheFixture redis(TierPolicy policy, RedisStore store) {
        return new TierFixture(policy) {
            @Override
            public CacheConfigBuilder configuration() {
                return super.configuration().redisUri(store.uri());
            }

            @Override
            public void pass(Duration span) {
                store.pass(span);
                super.pass(span);
            }

            @Override
            public String authority() {
                return "redis";
            }

            @Override
            public void close() {
                store.flush();
            }
        };
    }

    @Override
    public CacheConfigBuilder configuration() {
        return CacheConfig.builder()
                .defaults(RegionConfig.builder("default").tiers(policy).build())
                .clock(clock);
    }

    @Override
    public void pass(Duration span) {
        clock.advance(span);
    }
}
