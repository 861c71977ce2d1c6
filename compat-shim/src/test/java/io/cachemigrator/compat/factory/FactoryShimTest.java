package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers of the legacy caches see, which is the same at every stage and on every store. */
@Tag("SHM-1")
@Tag("SHM-3")
@Tag("factory-DEF-55")
@SuppressWarnings("removal") // the legacy classes are what is tested
class FactoryShimTest {
    private static final Map<String, Object> ANSWER = Map.of("answer", "nine percent");
    private static TestRedis server;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Where the consolidated service keeps its entries. */
    enum Target {
        MEMORY,
        DISK,
        REDIS
    }

    @BeforeAll
    static void start() {
        server = TestRedis.started();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void flush() {
        server.raw().flushAll();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(0, resource);
        return resource;
    }

    static Stream<Arguments> worlds() {
        List<Stage> stages =
                List.of(new Stage.Legacy(), new Stage.DualWrite(), new Stage.Canary(50), new Stage.Consolidated());
        return stages.stream().flatMap(stage -> Stream.of(Target.values()).map(target -> Arguments.of(stage, target)));
    }

    private LegacyOptionsBuilder options(Stage stage, Target target) {
        LegacyOptionsBuilder options =
                LegacyOptions.builder().redisUrl(server.url()).stage(StageSource.fixed(stage));
        return switch (target) {
            case MEMORY -> options.service(stores -> {});
            case DISK -> options.service(stores -> stores.diskFolder(folder));
            case REDIS -> options;
        };
    }

    private static Map<String, Object> large() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            words.add("word-" + i);
        }
        return Map.of("words", words);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    @DisplayName("values are stored, found, counted and removed")
    void generic_behaviour(Stage stage, Target target) {
        GenericRedisCache cache =
                open(new GenericRedisCache(options(stage, target).build()));
        List<String> told = new ArrayList<>();
        for (CacheEvent event : CacheEvent.values()) {
            cache.on(event, (what, key, value) -> told.add(what + " " + key));
        }
        cache.set("user:1", Map.of("name", "Zoë"));
        cache.set("user:2", null);
        cache.set("big", large(), Duration.ofMinutes(5));
        assertThat(cache.get("user:1")).contains(Map.of("name", "Zoë"));
        assertThat(cache.lookup("user:2").isPresent()).isTrue();
        assertThat(cache.lookup("user:3")).isInstanceOf(Lookup.Absent.class);
        assertThat(cache.get("big", Map.class)).contains(large());
        assertThat(cache.getTtl("big").orElseThrow()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
        cache.set("long", 1, Duration.ofHours(5));
        assertThat(cache.getTtl("long").orElseThrow()).isBetween(Duration.ofMinutes(299), Duration.ofHours(5));
        assertThat(cache.delete("long")).isTrue();
        assertThat(cache.getTtl("user:1").orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(cache.getKeys()).containsExactlyInAnyOrder("user:1", "user:2", "big");
        assertThat(cache.getActiveKeys()).hasSize(3);
        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.exists("user:2")).isTrue();
        assertThat(cache.delete("user:2")).isTrue();
        assertThat(cache.delete("user:2")).isFalse();
        assertThat(cache.invalidatePattern("user:*", "test")).isEqualTo(1);
        assertThat(cache.clear("test")).isEqualTo(1);
        assertThat(cache.exists("big")).isFalse();
        assertThat(cache.stats().hits()).isEqualTo(3);
        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(cache.hitRatioPercent()).isEqualTo(75.0);
        assertThat(cache.connect()).isTrue();
        assertThat(told)
                .containsExactly(
                        "SET_SUCCESS user:1",
                        "SET_SUCCESS user:2",
                        "SET_SUCCESS big",
                        "GET_SUCCESS user:1",
                        "GET_SUCCESS user:2",
                        "GET_MISS user:3",
                        "GET_SUCCESS big",
                        "SET_SUCCESS long",
                        "DELETE_SUCCESS long",
                        "DELETE_SUCCESS user:2");
    }

    @ParameterizedTest
    @MethodSource("worlds")
    @Tag("factory-DEF-26")
    @Tag("factory-DEF-03")
    @Tag("factory-DEF-04")
    @DisplayName("answers are stored, found, counted and removed")
    void ai_behaviour(Stage stage, Target target) {
        AiResponseCache cache = open(new AiResponseCache(options(stage, target)
                .operationTtls(Map.of("qa", Duration.ofSeconds(77)))
                .build()));
        assertThat(cache.getCachedResponse("t", "qa", Map.of("n", 1), "why?")).isEmpty();
        cache.cacheResponse("t", "qa", Map.of("n", 1), ANSWER, "why?");
        cache.cacheResponse("t", "qa.more", Map.of(), ANSWER, null);
        cache.set("session:1", "kept");
        assertThat(cache.getCachedResponse("t", "qa", Map.of("n", 1), "why?").orElseThrow())
                .containsEntry("answer", "nine percent")
                .containsEntry("cache_hit", true);
        String key = cache.buildKey("t", "qa", Map.of("n", 1, "question", "why?"));
        assertThat(key).startsWith("ai_cache:op:qa|txt:t|opts:");
        assertThat(cache.getTtl(key).orElseThrow()).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(77));
        assertThat(cache.performanceSummary().cacheHits()).isEqualTo(1);
        assertThat(cache.aiPerformanceSummary().totalOperations()).isEqualTo(4);
        assertThat(cache.textTierStatistics().distribution()).hasSize(4);
        assertThat(cache.operationPerformance().operations()).containsOnlyKeys("qa", "qa.more");
        assertThat(cache.invalidateByOperation("qa", null)).isEqualTo(1);
        assertThat(cache.exists(key)).isFalse();
        assertThat(cache.invalidatePattern("qa.mo", null)).isEqualTo(1);
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        assertThat(cache.clear(null)).isEqualTo(1);
        assertThat(cache.get("session:1")).contains("kept");
        assertThatThrownBy(() -> cache.getCachedResponse("t", "", Map.of(), null))
                .isInstanceOf(ValidationException.class);
    }

    static Stream<Arguments> sharedWorlds() {
        return worlds().filter(world -> world.get()[1] != Target.MEMORY);
    }

    @ParameterizedTest
    @MethodSource("sharedWorlds")
    @Tag("factory-DEF-01")
    @DisplayName("DEF-01: what one cache stores another finds, large or not")
    void twoCaches_shareEntries(Stage stage, Target target) {
        AiResponseCache writer = open(new AiResponseCache(options(stage, target).build()));
        AiResponseCache reader = open(new AiResponseCache(options(stage, target).build()));
        writer.cacheResponse("x".repeat(5_000), "qa", Map.of(), large(), null);
        assertThat(reader.getCachedResponse("x".repeat(5_000), "qa", Map.of(), null))
                .isPresent();
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("entries go with the stage, forward and back")
    void stages_forwardAndBack() {
        List<Stage> way = List.of(
                new Stage.Legacy(),
                new Stage.DualWrite(),
                new Stage.Canary(50),
                new Stage.Consolidated(),
                new Stage.Canary(50),
                new Stage.DualWrite(),
                new Stage.Legacy());
        Stage[] now = {way.get(0)};
        LegacyOptions options = LegacyOptions.builder()
                .redisUrl(server.url())
                .stage(() -> now[0])
                .build();
        GenericRedisCache cache = open(new GenericRedisCache(options));
        for (int i = 0; i < way.size(); i++) {
            now[0] = way.get(i);
            cache.set("counted", i);
            cache.set("step-" + i, i);
            assertThat(cache.get("counted")).as(String.valueOf(now[0])).contains(i);
            // what was written to both is found from then on, and all of it is in the legacy layout
            for (int j = i == 0 ? 0 : 1; j <= i; j++) {
                assertThat(cache.get("step-" + j)).as(now[0] + " " + j).contains(j);
            }
        }
        assertThat(cache.get("step-0")).contains(0);
    }

    @Test
    @Tag("factory-case-38")
    @Tag("factory-DEF-56")
    @DisplayName("case 38, DEF-56: without Redis a strict caller is told, another one gets a cache that works")
    void unreachable_strictOrNot() {
        LegacyOptionsBuilder options = LegacyOptions.builder().redisUrl("redis://u:s3cret@127.0.0.1:1");
        assertThatThrownBy(() ->
                        new AiResponseCache(options.failOnConnectionError(true).build()))
                .isInstanceOfSatisfying(InfrastructureException.class, told -> {
                    assertThat(told.context()).containsEntry("cache_type", "ai_app");
                    assertThat(told.context().toString() + told.getMessage()).doesNotContain("s3cret");
                });
        AiResponseCache cache =
                open(new AiResponseCache(options.failOnConnectionError(false).build()));
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        assertThat(cache.getCachedResponse("t", "qa", Map.of(), null)).isPresent();
        assertThat(cache.invalidateByOperation("qa", null)).isEqualTo(1);
        assertThat(cache.stats().status()).isEqualTo("unavailable");
        assertThat(cache.connect()).isFalse();
    }

    @Test
    @Tag("factory-DEF-09")
    @DisplayName(
            "DEF-09: the legacy layout takes what was written while its server was down, once, and then counts again")
    void outage_isHandedOver() throws Exception {
        try (TestRedis own = TestRedis.started()) {
            LegacyOptions options = LegacyOptions.builder()
                    .redisUrl(own.url())
                    .enableL1Cache(false)
                    .circuitBreaker(3, Duration.ofMillis(100))
                    .build();
            try (GenericRedisCache cache = new GenericRedisCache(options);
                    GenericRedisCache other = new GenericRedisCache(options)) {
                cache.set("before", 1);
                own.stop();
                cache.set("during", "kept");
                assertThat(cache.get("during")).contains("kept");
                own.start();
                Eventually.await(() -> {
                    cache.get("absent");
                    return other.get("during").isPresent();
                });
                assertThat(other.delete("during")).isTrue();
                assertThat(cache.get("during")).isEmpty();
            }
        }
    }

    @Test
    @Tag("factory-DEF-18")
    @DisplayName("DEF-18: security is what was configured")
    void security_asConfigured() {
        GenericRedisCache plain = open(new GenericRedisCache(
                LegacyOptions.builder().redisUrl(server.url()).build()));
        assertThat(plain.validateSecurity()).isFalse();
        assertThat(plain.getSecurityStatus().level()).isEqualTo(SecurityStatus.Level.LOW);
        assertThat(plain.getSecurityRecommendations()).hasSize(3);
        assertThat(plain.generateSecurityReport()).contains("LOW", "rediss://");
        assertThat(plain.testSecurityConfiguration())
                .containsEntry("connected", true)
                .containsEntry("tls", false);
        GenericRedisCache safe = open(new GenericRedisCache(LegacyOptions.builder()
                .redisUrl("rediss://u:s3cret@127.0.0.1:1")
                .encryptionKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
                .build()));
        assertThat(safe.validateSecurity()).isTrue();
        assertThat(safe.getSecurityRecommendations()).isEmpty();
        assertThat(safe.generateSecurityReport()).doesNotContain("s3cret", "AAEC");
    }

    @Test
    @DisplayName("a wrapper gives any cache the operations on answers, and counts the calls")
    void wrapper_anyCache() {
        for (CacheInterface inner : List.of(
                new InMemoryCache(),
                new GenericRedisCache(
                        LegacyOptions.builder().redisUrl(server.url()).build()),
                new AiResponseCache(
                        LegacyOptions.builder().redisUrl(server.url()).build()))) {
            LegacyCacheWrapper wrapper = open(LegacyCacheWrapper.wrap(inner));
            wrapper.cacheResponse("t", "qa", Map.of(), ANSWER, null);
            assertThat(wrapper.getCachedResponse("t", "qa", Map.of(), null)).isPresent();
            assertThat(wrapper.getCacheHitRatio()).isEqualTo(100.0);
            assertThat(wrapper.getCacheStats().sets()).isEqualTo(1);
            assertThat(inner.exists("ai_cache:op:qa|txt:t")).isTrue();
            assertThat(wrapper.usage().get("cacheResponse").calls()).isPositive();
            assertThat(wrapper.usage().get("cacheResponse").firstCallSite())
                    .contains(FactoryShimTest.class.getSimpleName());
            inner.delete("ai_cache:op:qa|txt:t");
        }
        LegacyCacheWrapper made = open(LegacyCacheWrapper.createAiCache(
                LegacyOptions.builder().redisUrl(server.url()).build()));
        assertThat(made.buildKey("t", "qa", Map.of())).isEqualTo("ai_cache:op:qa|txt:t");
    }

    @Test
    @DisplayName("what the process keeps beside Redis can be looked at")
    void memoryCache_isACopy() {
        AiResponseCache cache = open(new AiResponseCache(
                LegacyOptions.builder().redisUrl(server.url()).l1CacheSize(2).build()));
        Consumer<String> put = key -> cache.set(key, key);
        List.of("a", "b", "c").forEach(put);
        assertThat(cache.memoryCache()).containsOnlyKeys("b", "c");
        assertThat(cache.memoryCacheSize()).isEqualTo(2);
        assertThat(cache.memoryCacheOrder()).isEmpty();
        assertThat(cache.stats().memoryEntries()).isEqualTo(2);
        assertThat(cache.stats().memoryLimit()).isEqualTo(2);
    }
}
