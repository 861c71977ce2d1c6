package io.cachemigrator.cache.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Caches of the factory, in memory and over a real Redis. */
@Tag("SVC-10")
class CacheFactoryTest {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-02-03T04:05:06Z"));

    /** Where the entries are. */
    enum Backend {
        MEMORY,
        REDIS,
        MEMORY_AND_REDIS
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

    private AppCache cache(Backend backend) {
        return cache(
                backend,
                backend == Backend.MEMORY
                        ? "redis://unused"
                        : open(new EmbeddedRedis()).uri());
    }

    private AppCache cache(Backend backend, String url) {
        return open(CacheFactory.forWebApp(web -> web.redisUrl(url)
                .useMemoryCache(backend == Backend.MEMORY)
                .enableL1Cache(backend == Backend.MEMORY_AND_REDIS)));
    }

    private static Map<String, Object> large() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            words.add("word-" + i);
        }
        return Map.of("words", words);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-01")
    @DisplayName("DEF-01: a large value is stored and found by another cache")
    void set_largeValue_isFoundByAnother(Backend backend) {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        AppCache writer = cache(backend, redis.uri());
        writer.set("big", large());
        AppCache reader = backend == Backend.MEMORY ? writer : cache(backend, redis.uri());
        assertThat(reader.get("big", Map.class)).contains(large());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-30")
    @DisplayName("DEF-30: a stored null is a hit")
    void lookup_storedNull_isAHit(Backend backend) {
        AppCache cache = cache(backend);
        cache.set("none", null);
        assertThat(cache.lookup("none").isPresent()).isTrue();
        assertThat(cache.get("none")).isEmpty();
        assertThat(cache.exists("none")).isTrue();
        assertThat(cache.lookup("absent")).isInstanceOf(Lookup.Absent.class);
        assertThat(cache.stats().hitRatioPercent()).isEqualTo(200.0 / 3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-22")
    @DisplayName("DEF-22: changing a value after it was stored, or was read, changes nothing")
    void set_valueChangedAfterwards_isCachedAsItWas(Backend backend) {
        AppCache cache = cache(backend);
        Map<String, Object> value = new HashMap<>(Map.of("a", 1));
        cache.set("k", value);
        value.put("a", 2);
        Map<?, ?> read = cache.get("k", Map.class).orElseThrow();
        read.clear();
        assertThat(cache.get("k", Map.class)).contains(Map.of("a", 1));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-25")
    @DisplayName("DEF-25: a pattern means the same on every store, and its matches are counted")
    void invalidatePattern_sameEverywhere(Backend backend) {
        AppCache cache = cache(backend);
        for (String key : List.of("user:1", "user:12", "user:[1]", "other:user:1", "ai_cache:op:qa|txt:user")) {
            cache.set(key, key);
        }
        assertThat(cache.invalidatePattern("user:?")).isEqualTo(1);
        assertThat(cache.invalidatePattern("user:\\[*")).isEqualTo(1);
        assertThat(cache.invalidatePattern("ai_cache:*")).isEqualTo(1);
        assertThat(cache.getKeys()).containsExactlyInAnyOrder("user:12", "other:user:1");
        assertThat(cache.invalidatePattern("nothing*")).isZero();
        assertThat(cache.invalidatePattern("*user:1*")).isEqualTo(2);
        assertThat(cache.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-41")
    @DisplayName("DEF-41: an empty pattern is refused, and everything stays")
    void invalidatePattern_empty_isRefused(Backend backend) {
        AppCache cache = cache(backend);
        cache.set("k", 1);
        assertThatThrownBy(() -> cache.invalidatePattern(""))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("clear()");
        assertThat(cache.exists("k")).isTrue();
        assertThat(cache.clear()).isEqualTo(1);
        assertThat(cache.exists("k")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-21")
    @DisplayName("DEF-21: a time to live that is no time is refused, and nothing is stored")
    void set_badTimeToLive_isRefused(Backend backend) {
        AppCache cache = cache(backend);
        for (Duration ttl : List.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofDays(366))) {
            assertThatThrownBy(() -> cache.set("k", 1, ttl)).isInstanceOf(ValidationException.class);
        }
        assertThatThrownBy(() -> cache.set("k", new Object())).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> cache.get("")).isInstanceOf(ValidationException.class);
        assertThat(cache.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("factory-DEF-23")
    @Tag("factory-DEF-24")
    @Tag("factory-case-39")
    @DisplayName("DEF-23, 24: rates are in percent, of look-ups alone")
    void stats_countLookupsAlone(Backend backend) {
        AppCache cache = cache(backend);
        assertThat(cache.hitRatioPercent()).isZero();
        cache.set("k", 1);
        for (int i = 0; i < 7; i++) {
            cache.get("k");
        }
        for (int i = 0; i < 3; i++) {
            cache.get("absent");
        }
        cache.delete("k");
        assertThat(cache.hitRatioPercent()).isEqualTo(70.0);
        assertThat(cache.stats().hits()).isEqualTo(7);
        assertThat(cache.stats().sets()).isEqualTo(1);
        assertThat(cache.delete("k")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("listeners are told in order, and one that throws disturbs nobody")
    void on_events_inOrder(Backend backend) {
        AppCache cache = cache(backend);
        List<String> told = new ArrayList<>();
        cache.on(CacheEvent.SET_SUCCESS, (event, key, value) -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        for (CacheEvent event : CacheEvent.values()) {
            cache.on(event, (what, key, value) -> told.add(what + " " + key + " " + value));
        }
        cache.set("k", 1);
        cache.get("k");
        cache.get("none");
        cache.delete("k");
        assertThat(told)
                .containsExactly("SET_SUCCESS k 1", "GET_SUCCESS k 1", "GET_MISS none null", "DELETE_SUCCESS k null");
    }

    @Test
    @DisplayName("times are those of the store, the default where none is given")
    void getTtl_redis() {
        AppCache cache = cache(Backend.REDIS);
        cache.set("default", 1);
        cache.set("own", 1, Duration.ofSeconds(90));
        assertThat(cache.getTtl("default").orElseThrow()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        assertThat(cache.getTtl("own").orElseThrow()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
        assertThat(cache.getTtl("none")).isEmpty();
        assertThat(cache.getActiveKeys()).containsExactlyInAnyOrder("default", "own");
    }

    @Test
    @Tag("factory-DEF-05")
    @DisplayName("DEF-05: a copy in memory ends with the entry in Redis")
    void get_copyInMemory_endsWithTheEntry() throws Exception {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        AppCache writer = cache(Backend.REDIS, redis.uri());
        AppCache reader = cache(Backend.MEMORY_AND_REDIS, redis.uri());
        writer.set("short", 1, Duration.ofMillis(400));
        assertThat(reader.get("short")).contains(1);
        Eventually.await("the entry to end", () -> writer.get("short").isEmpty());
        assertThat(reader.get("short")).isEmpty();
    }

    @Test
    @Tag("factory-DEF-20")
    @Tag("factory-DEF-40")
    @DisplayName(
            "DEF-20, 40: overwriting in a full cache evicts nothing, and what is removed by pattern is no longer counted")
    void set_again_evictsNothing() {
        AppCache cache =
                open(CacheFactory.forWebApp(web -> web.useMemoryCache(true).l1CacheSize(2)));
        cache.set("a", 1);
        cache.set("b", 1);
        cache.set("b", 2);
        assertThat(cache.exists("a")).isTrue();
        assertThat(cache.stats().evictions()).isZero();
        assertThat(cache.stats().memoryEntries()).isEqualTo(2);
        assertThat(cache.stats().memoryBytes()).isPositive();
        assertThat(cache.invalidatePattern("*")).isEqualTo(2);
        assertThat(cache.stats().memoryEntries()).isZero();
        assertThat(cache.stats().memoryBytes()).isZero();
    }

    @Test
    @Tag("factory-case-37")
    @Tag("factory-DEF-19")
    @DisplayName("case 37: every fault is told in one refusal")
    void forWebApp_threeFaults_areToldAtOnce() {
        assertThatThrownBy(() -> CacheFactory.forWebApp(web -> web.defaultTtl(Duration.ofSeconds(-1))
                        .redisUrl("http://user:secret@x")
                        .compression(1_000, 10)))
                .isInstanceOfSatisfying(ValidationException.class, refused -> {
                    assertThat((List<?>) refused.context().get("validation_errors"))
                            .hasSize(3);
                    assertThat(refused.getMessage())
                            .contains("default_ttl", "redis_url", "compression_level")
                            .doesNotContain("secret");
                    assertThat(refused.context().toString()).doesNotContain("secret");
                });
    }

    @Test
    @Tag("factory-DEF-12")
    @DisplayName("DEF-12: a name that is not known is refused, with what was probably meant")
    void fromConfig_unknownName_isRefused() {
        assertThatThrownBy(() -> CacheFactory.fromConfig(Map.of("redis_url", "redis://x", "defalt_ttl", 5)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("default_ttl");
        assertThatThrownBy(() -> CacheFactory.fromConfig(Map.of("default_ttl", 5)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("redis_url is missing");
        assertThatThrownBy(() -> CacheFactory.fromConfig(Map.of("redis_url", "", "fail_on_connection_error", 1)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("factory-DEF-07")
    @Tag("factory-DEF-08")
    @DisplayName("DEF-07, 08: what was asked for is what is made")
    void fromConfig_kindIsSaid() {
        assertThat(open(CacheFactory.fromConfig(CacheConfig.builder().build()))).isNotInstanceOf(AiCache.class);
        assertThat(open(CacheFactory.fromConfig(
                        CacheConfig.builder().withAiFeatures().build())))
                .isInstanceOf(AiCache.class);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("redis_url", null);
        settings.put("memory_cache_size", 7);
        AppCache plain = open(CacheFactory.fromConfig(settings));
        assertThat(plain).isNotInstanceOf(AiCache.class);
        assertThat(plain.stats().backend()).isEqualTo("memory");
        assertThat(plain.stats().memoryLimit()).isEqualTo(7);
        plain.set("k", 1);
        assertThat(plain.getTtl("k").orElseThrow()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
        settings.put("text_hash_threshold", 2_000);
        AppCache ai = open(CacheFactory.fromConfig(settings));
        assertThat(((AiCache) ai).buildKey("x".repeat(2_000), "qa", Map.of())).contains("x".repeat(2_000));
        assertThat(((AiCache) ai).buildKey("x".repeat(2_001), "qa", Map.of())).contains("|txt:hash:");
    }

    @Test
    @Tag("factory-DEF-11")
    @DisplayName("DEF-11: a monitor is used, and a programming error is none of an outage")
    void forWebApp_monitor_isUsed() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        CachePerformanceMonitor monitor = new CachePerformanceMonitor();
        AppCache cache =
                open(CacheFactory.forWebApp(web -> web.redisUrl(redis.uri()).monitor(monitor)));
        cache.set("k", 1);
        cache.get("k");
        assertThat(cache.stats().backend()).isEqualTo("redis");
        assertThat(monitor.snapshot().hits()).isEqualTo(1);
        assertThatThrownBy(() -> CacheFactory.forWebApp(web -> {
                    throw new IllegalStateException("a fault of the caller");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("factory-case-38")
    @DisplayName("case 38: without Redis a strict caller is told, another one gets a cache that works")
    void unreachable_strictOrNot() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        redis.stop();
        assertThatThrownBy(() -> CacheFactory.forAiApp(
                        ai -> ai.redisUrl(withPassword(redis)).failOnConnectionError(true)))
                .isInstanceOfSatisfying(InfrastructureException.class, told -> {
                    assertThat(told.context()).containsEntry("cache_type", "ai_app");
                    assertThat(told.context().toString() + told.getMessage()).doesNotContain("s3cret");
                });
        assertThatThrownBy(() -> CacheFactory.forTestingAsync(
                                test -> test.redisUrl(redis.uri()).failOnConnectionError(true))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InfrastructureException.class);
        AiCache cache = open(CacheFactory.forAiApp(ai -> ai.redisUrl(redis.uri())));
        cache.set("k", "v");
        assertThat(cache.get("k")).contains("v");
    }

    private static String withPassword(EmbeddedRedis redis) {
        return redis.uri().replace("redis://", "redis://u:s3cret@");
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIS", "MEMORY_AND_REDIS"})
    @Tag("factory-DEF-09")
    @Tag("factory-DEF-35")
    @Tag("factory-DEF-36")
    @DisplayName("DEF-09, 35: what was written without Redis is there once it is back, health says how things stand")
    void outage_isBridged(Backend backend) throws Exception {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        AppCache cache = open(CacheFactory.fromConfig(CacheConfig.builder()
                .redis(RedisConfig.of(redis.uri())
                        .withOutage(RedisOutageConfig.DEFAULTS.withBreaker(3, Duration.ofMillis(200))))
                .withMemoryCache(backend == Backend.REDIS ? 0 : 100)
                .build()));
        cache.set("before", 1);
        cache.set("removed", 1);
        assertThat(cache.health().status()).isEqualTo(CacheHealth.Status.UP);
        redis.stop();
        Eventually.await("the outage to be seen", () -> cache.health().status() == CacheHealth.Status.DEGRADED);
        cache.set("during", "kept", Duration.ofMinutes(5));
        cache.set("removed", 2);
        assertThat(cache.get("during")).contains("kept");
        assertThat(cache.delete("removed")).isTrue();
        assertThat(cache.exists("during")).isTrue();
        assertThat(cache.stats().status()).isEqualTo("unavailable");
        assertThat(cache.stats().failures()).isPositive();
        assertThat(cache.invalidatePattern("nothing*")).isZero();
        redis.start();
        AppCache other = cache(Backend.REDIS, redis.uri());
        Eventually.await(
                "the value to be handed over",
                () -> cache.get("during").isPresent() && other.get("during").isPresent());
        assertThat(other.get("removed")).isEmpty();
        assertThat(other.getTtl("during").orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(5));
        Eventually.await("health to be good", () -> cache.health().isHealthy());
        assertThat(redis.keys("*health*")).isEmpty();
    }

    @Test
    @Tag("factory-DEF-06")
    @DisplayName("DEF-06: a server that is down is spared: far fewer attempts than calls")
    void outage_serverIsSpared() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ServerSocket listening = new ServerSocket(0)) {
            Thread accepting = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket refused = listening.accept()) {
                            attempts.incrementAndGet();
                        }
                    }
                } catch (java.io.IOException closed) {
                    attempts.addAndGet(0);
                }
            });
            accepting.start();
            AiCache cache =
                    open(CacheFactory.forAiApp(ai -> ai.redisUrl("redis://127.0.0.1:" + listening.getLocalPort())));
            for (int i = 0; i < 300; i++) {
                assertThat(cache.get("k" + i)).isEmpty();
            }
            assertThat(attempts.get()).isPositive().isLessThan(100);
        }
    }

    @Test
    @DisplayName("the forms on another thread make the same")
    void async_makesTheSame() {
        assertThat(open(CacheFactory.forWebAppAsync(web -> web.useMemoryCache(true))
                                .join())
                        .stats()
                        .backend())
                .isEqualTo("memory");
        assertThat(open(CacheFactory.forAiAppAsync(ai -> ai.useMemoryCache(true))
                                .join())
                        .buildKey("t", "qa", Map.of()))
                .startsWith("ai_cache:qa:");
        assertThat(open(CacheFactory.fromConfigAsync(CacheConfig.builder().build())
                                .join())
                        .size())
                .isZero();
        assertThat(open(CacheFactory.fromConfigAsync(Map.of("redis_url", "")).join())
                        .size())
                .isZero();
        assertThat(open(CacheFactory.forTesting(
                                test -> test.useMemoryCache(true).clock(clock)))
                        .connect())
                .isTrue();
    }

    @Test
    @Tag("factory-DEF-17")
    void fromConfig_fault_showsNoSecret() {
        assertThatThrownBy(() -> CacheFactory.fromConfig(
                        Map.of("redis_url", "redis://u:s3cret@host:99999", "compression_level", 12)))
                .isInstanceOf(ValidationException.class)
                .satisfies(refused -> assertThat(refused.toString() + ((ValidationException) refused).context())
                        .doesNotContain("s3cret"));
        assertThatThrownBy(() -> CacheFactory.fromConfig(
                        CacheConfig.builder().redisUri("redis://u:s3cret@").build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Tag("factory-DEF-37")
    @DisplayName("DEF-37: a shared cache is one until it is closed")
    void shared_again_isTheSame() {
        CacheConfig config = CacheConfig.builder().withMemoryCache(17).build();
        AppCache cache = CacheFactory.shared(config);
        assertThat(CacheFactory.shared(CacheConfig.builder().withMemoryCache(17).build()))
                .isSameAs(cache);
        assertThat(open(CacheFactory.shared(
                        CacheConfig.builder().withMemoryCache(18).build())))
                .isNotSameAs(cache);
        AiCache answers = open(CacheFactory.sharedAiApp(ai -> ai.useMemoryCache(true)));
        assertThat(CacheFactory.sharedAiApp(ai -> ai.useMemoryCache(true))).isSameAs(answers);
        cache.close();
        assertThat(open(CacheFactory.shared(config))).isNotSameAs(cache);
    }
}
