package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.compat.stage.ShadowReport;
import io.cachemigrator.compat.stage.ShadowVerdict.Cause;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What the shadow stage finds on two real servers, and that callers do not notice. */
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class ShadowReadsTest {
    private final ShadowReport report = new ShadowReport();
    private TestRedis legacy;
    private TestRedis target;
    private RedisCacheService cache;

    @BeforeEach
    void open() {
        legacy = TestRedis.started();
        target = TestRedis.started();
        cache = new RedisCacheService(
                LegacyCacheSettings.builder(Map.of("REDIS_URL", legacy.url(), "CACHE_REDIS_URI", target.url()))
                        .stage(StageSource.fixed(new Stage.Shadow()))
                        .staged(StagedOptions.DEFAULTS.withShadow(100, Duration.ofSeconds(20), report))
                        .build());
    }

    @AfterEach
    void close() {
        cache.close();
        legacy.close();
        target.close();
    }

    @Test
    void read_bothAlike_isSame() {
        inLegacy("conv:1", 5);
        inTarget("conv:1", 5);
        assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
        assertThat(cache.get("conv:none", Integer.class)).isNull();
        awaitCount(Cause.SAME, 2);
        assertThat(report.differences()).isZero();
    }

    @Test
    void read_onlyInLegacy_isMissing() {
        inLegacy("conv:1", 5);
        assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
        awaitCount(Cause.MISSING, 1);
    }

    @Test
    void read_otherValue_isADifferenceOfValues_alsoInBulk() {
        inLegacy("conv:1", 5);
        inTarget("conv:1", 6);
        assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
        assertThat(cache.getMany(java.util.List.of("conv:1"), Integer.class)).isEqualTo(Map.of("conv:1", 5));
        awaitCount(Cause.VALUE, 2);
    }

    @Test
    void read_onlyInTarget_isExtra() {
        inTarget("conv:1", 6);
        assertThat(cache.get("conv:1", Integer.class)).isNull();
        awaitCount(Cause.EXTRA, 1);
    }

    @Test
    @DisplayName("what the legacy layout does not answer the same way twice says nothing of the other")
    void read_legacyChangedMeanwhile_isMoved() {
        inLegacy("conv:1", 5);
        // opened, so that the comparison below is held up at the server
        cache.get("conv:1", Integer.class);
        awaitCount(Cause.MISSING, 1);
        try (Jedis admin = new Jedis("127.0.0.1", target.port())) {
            admin.clientPause(1_500);
            assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
            inLegacy("conv:1", 7);
        }
        awaitCount(Cause.MOVED, 1);
        assertThat(report.differences()).isEqualTo(1);
    }

    @Test
    void write_isNotRepeated() {
        cache.set("conv:1", 5);
        cache.increment("metr:n");
        assertThat(target.keys("*")).isEmpty();
    }

    @Test
    @DisplayName("a target that hangs neither delays callers nor changes what they get")
    void read_targetHangs_isNotTheCallersTrouble() {
        inLegacy("conv:1", 5);
        cache.get("conv:1", Integer.class);
        awaitCount(Cause.MISSING, 1);
        try (Jedis admin = new Jedis("127.0.0.1", target.port());
                Jedis other = new Jedis("127.0.0.1", target.port(), 30_000)) {
            other.connect();
            admin.clientPause(8_000);
            CompletableFuture<String> answered = CompletableFuture.supplyAsync(other::ping);
            // more than there is room for aside: the rest is left out
            for (int i = 0; i < 2_000; i++) {
                assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
            }
            assertThat(answered).as("the target hangs still").isNotDone();
            assertThat(count(Cause.SKIPPED)).isPositive();
            assertThat(count(Cause.MISSING)).isEqualTo(1);
            answered.join();
        }
    }

    @Test
    void read_targetGone_isUnavailableAndNotTheCallersTrouble() {
        inLegacy("conv:1", 5);
        target.stop();
        assertThat(cache.get("conv:1", Integer.class)).isEqualTo(5);
        awaitCount(Cause.UNAVAILABLE, 1);
        assertThat(cache.getStats().errors()).isZero();
    }

    private void awaitCount(Cause cause, long count) {
        Eventually.await(() -> count(cause) == count);
    }

    private long count(Cause cause) {
        return report.counts().values().stream()
                .mapToLong(causes -> causes.getOrDefault(cause, 0L))
                .sum();
    }

    private void inLegacy(String key, int value) {
        legacy.raw().set("ngx:" + key, String.valueOf(value));
    }

    private void inTarget(String key, int value) {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().redisUri(target.url()).build())) {
            service.region("conversations", Integer.class).put(key, value);
        }
    }
}
