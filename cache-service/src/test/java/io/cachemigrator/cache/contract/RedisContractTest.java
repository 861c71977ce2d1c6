package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("SVC-3")
class RedisContractTest extends CacheContract {
    private static EmbeddedRedis redis;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private CacheService another;

    @BeforeAll
    static void startServer() {
        redis = new EmbeddedRedis();
    }

    @AfterAll
    static void stopServer() {
        redis.close();
    }

    @AfterEach
    void closeAnother() {
        if (another != null) {
            another.close();
        }
        redis.flush();
    }

    TierPolicy policy() {
        return TierPolicy.REDIS;
    }

    @Override
    protected CacheConfig.Builder configuration() {
        return CacheConfig.builder()
                .redisUri(redis.uri())
                .defaults(RegionConfig.builder("default").tiers(policy()).build())
                .clock(clock);
    }

    @Override
    protected void pass(Duration span) {
        redis.pass(span);
        clock.advance(span);
    }

    @Override
    protected String authority() {
        return "redis";
    }

    @Override
    protected CacheService another() {
        another = CacheService.open(withRegions(configuration()).build());
        return another;
    }
}
