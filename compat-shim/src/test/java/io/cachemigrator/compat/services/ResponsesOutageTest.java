package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.ManualClock;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis is killed while the application runs, and comes back. */
@Tag("SHM-1")
@Tag("SVC-6")
@SuppressWarnings("removal") // the legacy classes are what is tested
class ResponsesOutageTest {
    private static final int FAILURES = 3;

    @ParameterizedTest
    @ValueSource(strings = {"LEGACY", "DUAL_WRITE", "CANARY(50)", "CONSOLIDATED"})
    @Tag("services-A-11")
    @Tag("services-D-8")
    @Tag("services-E-5")
    @Tag("services-E-14")
    @DisplayName(
            "an outage is no miss and stores nothing; the breaker opens after the configured count, and closes again")
    void outage_inTheMiddle_isToldAndRecoveredFrom(String text) {
        try (TestRedis redis = TestRedis.started()) {
            ManualClock clock = new ManualClock();
            LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of())
                    .url(redis.url())
                    .stage(StageSource.fixed(Stage.parse(text)))
                    .circuitBreaker(FAILURES, Duration.ofSeconds(30))
                    .clock(clock)
                    .build();
            try (RedisCacheService service = new RedisCacheService(settings)) {
                HttpCacheService http = new HttpCacheService(service);
                ResponsePrecomputationService answers = new ResponsePrecomputationService(new NgxCacheManager(service));
                assertThat(http.set("/a", 1)).isTrue();
                assertThat(http.get("/a", Integer.class).isHit()).isTrue();
                redis.stop();

                assertThat(service.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
                assertThat(service.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
                assertThat(service.getStats().circuitBreakerOpen()).isFalse();
                assertThat(service.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
                assertThat(service.getStats().circuitBreakerOpen()).isTrue();
                assertThat(service.getStats().misses()).isZero();

                assertThat(http.get("/a", Integer.class)).isEqualTo(new HttpCacheHit<>(null, false, false));
                assertThat(http.set("/b", 1)).isFalse();
                assertThat(http.invalidate("/a")).isFalse();
                assertThat(http.invalidateByTag("x")).isZero();
                assertThat(http.invalidatePattern("*")).isZero();
                assertThat(http.tagIndex()).isEmpty();
                HttpCacheStats stats = http.getStats();
                assertThat(stats.missCount()).isZero();
                assertThat(stats.unavailableCount()).isEqualTo(1);
                assertThat(stats.totalEntries()).as("it is not known").isEqualTo(-1);
                assertThat(answers.getInstantResponse("precio", Map.of())).isEmpty();
                assertThat(answers.cacheConversationResponse("precio", Map.of("response", "r"), Map.of()))
                        .isFalse();
                assertThat(answers.initializeHotCache()).isEqualTo(new HotCacheReport(0, 0, 0, 0, 22));
                assertThat(answers.metrics().misses()).isZero();
                assertThat(answers.metrics().unavailable()).isEqualTo(1);
                assertThat(answers.metrics().totalKeys()).isEqualTo(-1);

                redis.start();
                clock.pass(Duration.ofSeconds(31));
                assertThat(service.set("k", "v")).isTrue();
                assertThat(service.getStats().circuitBreakerOpen()).isFalse();
                assertThat(http.set("/a", 2)).isTrue();
                assertThat(http.get("/a", Integer.class).value()).isEqualTo(2);
            }
        }
    }
}
