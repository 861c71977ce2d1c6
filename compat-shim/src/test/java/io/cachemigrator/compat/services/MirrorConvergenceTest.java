package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever writes what at whatever stage: once all is quiet, both layouts hold the same. Two real servers. */
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class MirrorConvergenceTest {
    private static final int KEYS = 2;
    private static final int ROUNDS = 500;

    private final AtomicReference<Stage> one = new AtomicReference<>(new Stage.DualWrite());
    private final AtomicReference<Stage> other = new AtomicReference<>(new Stage.DualWrite());
    private TestRedis legacy;
    private TestRedis target;

    @BeforeEach
    void start() {
        legacy = TestRedis.started();
        target = TestRedis.started();
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
    }

    @Test
    void writers_bothAtDualWrite_leaveBothAlike() throws Exception {
        race(new Stage.DualWrite(), new Stage.DualWrite());
    }

    @Test
    void writers_bothAtConsolidated_leaveBothAlike() throws Exception {
        race(new Stage.Consolidated(), new Stage.Consolidated());
    }

    @Test
    @DisplayName("one process has seen the next stage, another has not yet")
    void writers_atDifferentStages_leaveBothAlike() throws Exception {
        race(new Stage.Canary(50), new Stage.Consolidated());
    }

    @Test
    @DisplayName("a target that was away has everything once it answers again")
    void mirror_targetAwayForAWhile_catchesUp() throws Exception {
        try (RedisCacheService cache = open(one)) {
            cache.set("a", 1);
            cache.set("b", 1);
            target.stop();
            cache.set("a", 2);
            cache.delete("b");
            cache.increment("n", 7);
            assertThat(cache.getStats().mirrorFailures()).isEqualTo(3);
            target.start();
            Eventually.await(() -> differences().isEmpty());
            assertThat(target.keys("cs:general:*")).contains("cs:general:a", "cs:general:n");
        }
    }

    private void race(Stage first, Stage second) throws Exception {
        one.set(first);
        other.set(second);
        try (RedisCacheService left = open(one);
                RedisCacheService right = open(other)) {
            ExecutorService executor = Executors.newFixedThreadPool(8);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                writers.add(executor.submit(() -> write(number % 2 == 0 ? left : right, new Random(number))));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            executor.shutdown();
            assertThat(left.getStats().mirrorFailures()).isZero();
            assertThat(right.getStats().mirrorFailures()).isZero();
            assertThat(differences()).isEmpty();
        }
    }

    private static void write(RedisCacheService cache, Random random) {
        for (int i = 0; i < ROUNDS; i++) {
            String key = "k" + random.nextInt(KEYS);
            switch (random.nextInt(6)) {
                case 0 -> cache.delete(key);
                case 1 -> cache.expire(key, Duration.ofSeconds(100 + random.nextInt(1_000)));
                case 2 -> cache.increment("n" + random.nextInt(2), 1);
                case 3 -> cache.set(key, i, SetOptions.ifAbsent());
                default -> cache.set(key, "v" + i, Duration.ofSeconds(100 + random.nextInt(1_000)));
            }
        }
    }

    /** Keys that both servers do not hold alike, read raw. */
    private List<String> differences() {
        List<String> different = new ArrayList<>();
        for (String key : List.of("k0", "k1", "k2", "k3", "k4", "k5", "n0", "n1", "n", "a", "b")) {
            String old = legacy.raw().get("ngx:" + key);
            byte[] stored = target.raw().get(("cs:general:" + key).getBytes(UTF_8));
            String now = RawEnvelope.payload(stored);
            long left = legacy.raw().pttl("ngx:" + key);
            long apart = old == null || now == null ? 0 : Math.abs(left - RawEnvelope.remaining(stored));
            if (old == null ? now != null : !old.equals(now) || apart > 1_000) {
                different.add(key + ": " + old + " and " + now + ", " + apart + " ms apart");
            }
        }
        return different;
    }

    private RedisCacheService open(AtomicReference<Stage> stage) {
        return new RedisCacheService(
                LegacyCacheSettings.builder(Map.of("REDIS_URL", legacy.url(), "CACHE_REDIS_URI", target.url()))
                        .stage(stage::get)
                        .circuitBreaker(1_000, Duration.ofSeconds(1))
                        .build());
    }
}
