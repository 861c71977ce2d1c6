package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers see while Redis is down, and afterwards. */
@Tag("SHM-1")
@Tag("SVC-6")
@SuppressWarnings("removal") // the legacy classes are what is tested
abstract class RedisOutageContract {
    private TestRedis redis;
    private StageWorld world;
    private RedisCacheService cache;

    abstract Stage stage();

    @BeforeEach
    void open() {
        redis = new TestRedis();
        world = new StageWorld(redis, stage());
        cache = world.service();
    }

    @AfterEach
    void close() {
        world.close();
        redis.close();
    }

    @Test
    @Tag("services-A-5")
    @Tag("services-A-9")
    @Tag("services-case-19")
    @DisplayName("case 19, A-5, A-9: an outage gives defaults and no false numbers")
    void everyCall_redisDown_givesTheEmptyResult() {
        RedisCacheService patient = world.open(world.settings().circuitBreaker(100, Duration.ofSeconds(30)));
        assertThat(patient.get("k", String.class, "default")).isEqualTo("default");
        assertThat(patient.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(patient.set("k", "v")).isFalse();
        assertThat(patient.setMany(Map.of("k", "v"))).isFalse();
        assertThat(patient.increment("k")).isEmpty();
        assertThat(patient.getMany(List.of("k"), String.class)).isEmpty();
        assertThat(patient.exists("k")).isFalse();
        assertThat(patient.expire("k", Duration.ofSeconds(5))).isFalse();
        assertThat(patient.delete("k")).isFalse();
        assertThat(patient.clearNamespace().removed()).isZero();
        assertThat(patient.clearNamespace().complete()).isFalse();
        assertThat(patient.getStats().misses()).isZero();
    }

    @Test
    @Tag("services-A-11")
    @Tag("services-E-14")
    @DisplayName("A-11, E-14: an outage is counted, opens the breaker, and is no miss")
    void get_redisDownFiveTimes_opensTheBreaker() {
        for (int i = 0; i < 5; i++) {
            assertThat(cache.get("k", String.class)).isNull();
        }
        assertThat(cache.getStats().circuitBreakerOpen()).isTrue();
        assertThat(cache.getStats().failureCount()).isEqualTo(5);
        assertThat(cache.getStats().errors()).isEqualTo(5);
        assertThat(cache.getStats().misses()).isZero();
        assertThat(cache.getStats().connected()).isFalse();

        assertThat(cache.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(cache.set("k", 1)).isFalse();
        assertThat(cache.getStats().rejectedCalls()).isEqualTo(2);
        assertThat(cache.getStats().errors()).isEqualTo(5);
    }

    @Test
    @Tag("services-E-5")
    @Tag("services-case-20")
    @DisplayName("case 20, E-5: after thirty seconds one call tries again and closes the breaker")
    void get_redisBackAfterAnOutage_isTriedOnceThenWorks() {
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
        }
        redis.start();
        world.pass(Duration.ofSeconds(29));
        assertThat(cache.set("k", "v")).isFalse();
        world.pass(Duration.ofSeconds(2));
        assertThat(cache.set("k", "v")).isTrue();
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
        assertThat(cache.get("k", String.class)).isEqualTo("v");
    }

    @Test
    @Tag("services-case-21")
    @DisplayName("case 21: a success forgets earlier failures")
    void get_fourFailuresOneSuccessOneFailure_leavesTheBreakerClosed() {
        for (int i = 0; i < 4; i++) {
            cache.get("k", String.class);
        }
        redis.start();
        assertThat(cache.set("k", "v")).isTrue();
        redis.stop();
        cache.get("k", String.class);
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
        assertThat(cache.getStats().failureCount()).isEqualTo(1);
    }

    @Test
    @Tag("services-E-4")
    @Tag("services-case-44")
    @Tag("services-G-5")
    @DisplayName("case 44, E-4: a start that failed does not leave a dead service behind")
    void start_redisDownThenUp_worksWithoutANewService() {
        assertThatThrownBy(() -> cache.start())
                .isInstanceOf(InfrastructureException.class)
                .hasMessageContaining("Check address");
        redis.start();
        assertThat(cache.set("k", "v")).isTrue();
        cache.start();
        assertThat(cache.get("k", String.class)).isEqualTo("v");
    }

    @Test
    @Tag("services-E-5")
    @DisplayName("E-5: a restart of the server needs no restart of the application")
    void get_redisRestarted_reconnects() {
        redis.start();
        cache.set("k", "v");
        redis.stop();
        assertThat(cache.get("k", String.class)).isNull();
        redis.start();
        assertThat(cache.set("k", "w")).isTrue();
        assertThat(cache.get("k", String.class)).isEqualTo("w");
    }

    @Test
    @Tag("services-case-23")
    @Tag("services-case-1")
    @DisplayName("case 23, 1.1.3: health tells never connected from lost")
    void healthCheck_beforeAndAfterAConnection_tellsDisconnectedFromError() {
        assertThat(cache.healthCheck().toMap()).isEqualTo(Map.of("status", "disconnected", "healthy", false));
        redis.start();
        assertThat(cache.healthCheck().isHealthy()).isTrue();
        redis.stop();
        HealthReport lost = cache.healthCheck();
        assertThat(lost.status()).isEqualTo("error");
        assertThat(lost.isHealthy()).isFalse();
        assertThat(lost.toMap()).containsKeys("error", "failure_count").doesNotContainKey("latency_ms");
    }

    @Test
    @Tag("services-E-5")
    @DisplayName("E-5: connections that a restart killed while nothing was asked are no failure")
    void get_redisRestartedBetweenCalls_isNotNoticed() {
        redis.start();
        cache.set("k", "v");
        redis.stop();
        redis.start();
        assertThat(cache.lookup("k", String.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(cache.set("k", "w")).isTrue();
        assertThat(cache.getStats().errors()).isZero();
    }

    @Test
    void exists_duringAnOutage_doesNotHideIt() {
        for (int i = 0; i < 5; i++) {
            cache.get("k", String.class);
            cache.exists("k");
        }
        assertThat(cache.getStats().circuitBreakerOpen()).isTrue();
    }
}
