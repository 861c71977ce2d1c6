package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Redis that is killed in the middle, and comes back. */
@Tag("SHM-1")
class FactoryOutageTest {
    @TempDir
    Path folder;

    private TestRedis redis;
    private FactoryWorld world;

    @BeforeEach
    void open() {
        redis = TestRedis.started();
        world = new FactoryWorld(redis, folder);
    }

    @AfterEach
    void close() {
        world.close();
        redis.close();
    }

    static Stream<Stage> stages() {
        return Stream.of(
                new Stage.Legacy(),
                new Stage.Shadow(),
                new Stage.DualWrite(),
                new Stage.Canary(50),
                new Stage.Consolidated());
    }

    @ParameterizedTest
    @MethodSource("stages")
    @DisplayName("an outage is no miss: it opens the breaker after the failures asked for, and is over when it is over")
    void lookup_redisKilledAndBack_isUnavailableAndRecovers(Stage stage) {
        FactoryRuntime runtime =
                world.open(world.options(stage).enableL1Cache(false).circuitBreaker(3, Duration.ofSeconds(20)));
        TaggedStore store = runtime.store();
        store.put("k", "v", WriteOptions.DEFAULTS);
        assertThat(store.lookup("k", String.class).valueOrNull()).isEqualTo("v");
        redis.stop();
        for (int i = 0; i < 3; i++) {
            assertThat(runtime.breaker().isOpen()).as("after %s failures", i).isFalse();
            assertThat(store.put("k", "w", WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
        }
        assertThat(runtime.breaker().isOpen()).isTrue();
        assertThat(store.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(runtime.router().primary().rejectedCalls()).isPositive();
        redis.start();
        assertThat(store.put("k", "x", WriteOptions.DEFAULTS))
                .as("the breaker is still open")
                .isEqualTo(WriteOutcome.UNAVAILABLE);
        world.clock.pass(Duration.ofSeconds(21));
        assertThat(store.put("k", "y", WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.STORED);
        assertThat(runtime.breaker().isOpen()).isFalse();
        assertThat(store.lookup("k", String.class).valueOrNull()).isEqualTo("y");
    }

    @Test
    @DisplayName("every call of the legacy layout says that it had no answer")
    void everyCall_redisDown_saysSo() {
        try (FactoryLayout layout =
                new FactoryLayout(world.options(new Stage.Legacy()).build(), ClearScope.EVERYTHING, List.of())) {
            layout.put("k", 1, WriteOptions.DEFAULTS);
            redis.stop();
            assertThat(layout.lookup("k", Integer.class)).isInstanceOf(Lookup.Unavailable.class);
            assertThat(layout.lookupAll(List.of("k"), Integer.class).get("k")).isInstanceOf(Lookup.Unavailable.class);
            assertThat(layout.put("k", 1, WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(layout.putAll(Map.of("k", 1), WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(layout.exists("k")).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(layout.delete("k")).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(layout.expire("k", Duration.ofSeconds(5))).isEqualTo(WriteOutcome.UNAVAILABLE);
            assertThat(layout.increment("k", 1)).isInstanceOf(CounterResult.Unavailable.class);
            assertThat(layout.clear().complete()).isFalse();
            assertThat(layout.clearTag("ai_cache:", "operation:qa").complete()).isFalse();
            assertThat(layout.states(List.of("k")).get("k")).isInstanceOf(EntryState.Unknown.class);
            assertThat(layout.applyAll(Map.of("k", new EntryState.Absent<>(world.clock.instant()))))
                    .containsValue(WriteOutcome.UNAVAILABLE);
            assertThat(layout.health().status()).isEqualTo(CacheHealth.Status.DOWN);
            assertThatThrownBy(() -> layout.entries("")).isInstanceOf(InfrastructureException.class);
            assertThatThrownBy(() -> layout.keysOf("operation:qa"))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("Check the server");
        }
    }

    @Test
    @DisplayName("changes that the legacy layout missed at CONSOLIDATED are made there when it is back")
    void put_legacyLayoutDown_isRepeatedLater() {
        try (TestRedis target = TestRedis.started()) {
            FactoryRuntime runtime = world.open(world.options(new Stage.Consolidated())
                    .target(RedisConfig.of(target.url()))
                    .circuitBreaker(1_000, Duration.ofMillis(1)));
            redis.stop();
            assertThat(runtime.store().put("k", Map.of("a", 1), WriteOptions.DEFAULTS))
                    .isEqualTo(WriteOutcome.STORED);
            assertThat(runtime.router().behind()).isEqualTo(1);
            redis.start();
            Eventually.await(() -> runtime.router().behind() == 0);
            assertThat(redis.raw().get("k")).isEqualTo("rawj:{\"a\":1}");
        }
    }

    @Test
    @DisplayName("a server that restarts between two calls is not noticed")
    void lookup_redisRestartedBetweenCalls_isAnswered() {
        FactoryRuntime runtime = world.open(world.options(new Stage.Legacy()).enableL1Cache(false));
        runtime.store().put("k", 1, WriteOptions.DEFAULTS);
        redis.stop();
        redis.start();
        assertThat(runtime.store().lookup("k", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(runtime.breaker().failures()).isZero();
    }

    @Test
    void close_laterCalls_areUnavailable() {
        FactoryRuntime runtime = world.open(world.options(new Stage.Legacy()));
        runtime.close();
        runtime.close();
        assertThat(runtime.store().put("k", 1, WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(runtime.store().lookup("k", Integer.class)).isInstanceOf(Lookup.Unavailable.class);
    }
}
