package io.cachemigrator.cache.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import io.cachemigrator.cache.config.TextTiers;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.contract.TlsEntrance;
import io.cachemigrator.cache.error.ValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches of answers, in memory and over a real Redis. */
@Tag("SVC-14")
class AiCacheTest {
    private static final Map<String, Object> ANSWER = Map.of("answer", "nine percent");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-02-03T04:05:06Z"));

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

    private AiCache memory() {
        return open(CacheFactory.forAiApp(ai -> ai.useMemoryCache(true).clock(clock)));
    }

    private AiCache over(EmbeddedRedis redis) {
        return open(CacheFactory.forAiApp(ai -> ai.redisUrl(redis.uri())));
    }

    private AiCache legacyKeys(boolean questionInOptions) {
        return open(CacheFactory.forAiApp(ai ->
                ai.useMemoryCache(true).clock(clock).textHashThreshold(1_000).questionInOptions(questionInOptions)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("factory-DEF-03")
    @Tag("factory-DEF-45")
    @DisplayName("DEF-03, 45: answers are found and counted, and nothing untrue is added to them")
    void cacheResponse_isFound(boolean redis) {
        AiCache cache = redis ? over(open(new EmbeddedRedis())) : memory();
        assertThat(cache.getCachedResponse("text", "qa", Map.of(), "why?")).isEmpty();
        cache.cacheResponse("text", "qa", Map.of(), ANSWER, "why?");
        Map<String, Object> found =
                cache.getCachedResponse("text", "qa", Map.of(), "why?").orElseThrow();
        assertThat(found).containsEntry("answer", "nine percent").containsEntry("cache_hit", true);
        found.clear();
        assertThat(cache.getCachedResponse("text", "qa", Map.of("question", "why?"), null))
                .isPresent();
        assertThat(cache.getCachedResponse("text", "qa", Map.of(), "where?")).isEmpty();
        assertThat(cache.get(cache.buildKey("text", "qa", Map.of("question", "why?"))))
                .contains(ANSWER);
        assertThat(cache.performanceSummary().cacheHits()).isEqualTo(2);
        assertThat(cache.performanceSummary().cacheMisses()).isEqualTo(2);
        assertThat(cache.aiPerformanceSummary().overallHitRatePercent()).isEqualTo(50.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("factory-DEF-26")
    @DisplayName("DEF-26: invalidating sum leaves summarize alone, and is counted")
    void invalidateByOperation_isExact(boolean redis) {
        AiCache cache = redis ? over(open(new EmbeddedRedis())) : memory();
        for (String operation : List.of("sum", "summarize", "sum.up")) {
            cache.cacheResponse("a", operation, Map.of(), ANSWER, null);
            cache.cacheResponse("b", operation, Map.of(), ANSWER, null);
        }
        assertThat(cache.invalidateByOperation("sum")).isEqualTo(2);
        assertThat(cache.getCachedResponse("a", "sum", Map.of(), null)).isEmpty();
        assertThat(cache.getCachedResponse("a", "summarize", Map.of(), null)).isPresent();
        assertThat(cache.getCachedResponse("b", "sum.up", Map.of(), null)).isPresent();
        assertThatThrownBy(() -> cache.invalidateByOperation("")).isInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("factory-DEF-56")
    @DisplayName("DEF-56: without Redis answers are kept, found and invalidated all the same")
    void outage_answersWork() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        redis.stop();
        AiCache cache = over(redis);
        cache.cacheResponse("t", "qa", Map.of("a", 1), ANSWER, null);
        cache.cacheResponse("t", "qa2", Map.of("a", 1), ANSWER, null);
        assertThat(cache.getCachedResponse("t", "qa", Map.of("a", 1), null)).isPresent();
        assertThat(cache.invalidateByOperation("qa")).isEqualTo(1);
        assertThat(cache.getCachedResponse("t", "qa", Map.of("a", 1), null)).isEmpty();
        assertThat(cache.getCachedResponse("t", "qa2", Map.of("a", 1), null)).isPresent();
        assertThat(cache.aiPerformanceSummary().totalOperations()).isEqualTo(5);
        assertThat(cache.operationPerformance().operations()).containsKeys("qa", "qa2");
    }

    @Test
    @Tag("factory-DEF-02")
    @Tag("factory-DEF-04")
    @DisplayName(
            "DEF-02, 04: an operation's time counts, the default given otherwise, and one with the value before both")
    void times_mostSpecificCounts() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        AiCache cache = open(CacheFactory.forAiApp(ai -> ai.redisUrl(redis.uri())
                .defaultTtl(Duration.ofHours(2))
                .operationTtls(Map.of("qa", Duration.ofSeconds(77)))));
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        cache.cacheResponse("t", "other", Map.of(), ANSWER, null);
        cache.set("own", 1, Duration.ofSeconds(30));
        assertThat(left(cache, cache.buildKey("t", "qa", Map.of()))).isBetween(70L, 77L);
        assertThat(left(cache, cache.buildKey("t", "other", Map.of()))).isBetween(7_190L, 7_200L);
        assertThat(left(cache, "own")).isBetween(25L, 30L);
    }

    private static long left(AppCache cache, String key) {
        return cache.getTtl(key).orElseThrow().toSeconds();
    }

    @Test
    @Tag("factory-DEF-06")
    @DisplayName(
            "DEF-06: a cache of answers goes to Redis by TLS where it is told to, and to none whose certificate is not trusted")
    void tls_isUsed(@TempDir Path folder) throws Exception {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        TlsEntrance entrance = open(new TlsEntrance(folder, "ip:127.0.0.1", redis.port()));
        String url = "rediss://127.0.0.1:" + entrance.port();
        RedisConfig trusting =
                RedisConfig.of(url).withTls(new RedisTlsConfig(entrance.trustStore(), entrance.password()));
        AiCache cache = (AiCache) open(CacheFactory.fromConfig(
                CacheConfig.builder().redis(trusting).withAiFeatures().build()));
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        assertThat(over(redis).getCachedResponse("t", "qa", Map.of(), null)).isPresent();
        AiCache wary = open(CacheFactory.forAiApp(ai -> ai.redisUrl(url)));
        wary.cacheResponse("t2", "qa", Map.of(), ANSWER, null);
        assertThat(wary.stats().status()).isEqualTo("unavailable");
        assertThat(over(redis).getCachedResponse("t2", "qa", Map.of(), null)).isEmpty();
    }

    @Test
    @Tag("factory-DEF-13")
    @DisplayName("DEF-13: without a first level nothing is kept in memory")
    void enableL1Cache_false() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        AiCache cache =
                open(CacheFactory.forAiApp(ai -> ai.redisUrl(redis.uri()).enableL1Cache(false)));
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        assertThat(cache.getCachedResponse("t", "qa", Map.of(), null)).isPresent();
        assertThat(cache.stats().memoryLimit()).isZero();
        AiCache with = open(CacheFactory.forAiApp(ai -> ai.redisUrl(redis.uri()).l1CacheSize(17)));
        assertThat(with.stats().memoryLimit()).isEqualTo(17);
    }

    @Test
    @Tag("factory-DEF-15")
    @DisplayName("DEF-15: new keys show no text")
    void buildKey_showsNoText() {
        String key = memory().buildKey("Top secret plan", "qa", Map.of("question", "who knows"));
        assertThat(key).startsWith("ai_cache:qa:").doesNotContain("secret", "who");
    }

    @Test
    @Tag("factory-DEF-28")
    @DisplayName("DEF-28: different requests have different keys")
    void buildKey_neverClashes() {
        AiCache cache = memory();
        Set<String> keys = ConcurrentHashMap.newKeySet();
        for (String text : List.of("a|b", "a:b", "a_b")) {
            keys.add(cache.buildKey(text, "qa", Map.of()));
        }
        keys.add(cache.buildKey("t", "qa", Map.of("a", 1)));
        keys.add(cache.buildKey("t", "qa", Map.of("a", "1")));
        keys.add(cache.buildKey("t", "qa", Map.of("a", "1&b=2")));
        keys.add(cache.buildKey("t", "qa", Map.of("a", "1", "b", "2")));
        assertThat(keys).hasSize(7);
        assertThatThrownBy(() -> cache.buildKey("t", "qa|txt:x", Map.of())).isInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("factory-DEF-29")
    @DisplayName("DEF-29: the order of nested options does not matter, and bad input is refused kindly")
    void buildKey_ordersAndRefuses() {
        for (AiCache cache : List.of(memory(), legacyKeys(true))) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("x", 1);
            one.put("y", 2);
            Map<String, Object> other = new LinkedHashMap<>();
            other.put("y", 2);
            other.put("x", 1);
            assertThat(cache.buildKey("t", "qa", one)).isEqualTo(cache.buildKey("t", "qa", other));
            assertThatThrownBy(() -> cache.buildKey(null, "qa", Map.of())).isInstanceOf(ValidationException.class);
            assertThatThrownBy(() -> cache.buildKey("t", "qa", null)).isInstanceOf(ValidationException.class);
            assertThatThrownBy(() -> cache.buildKey("t", "qa", Map.of("question", 5)))
                    .isInstanceOf(ValidationException.class);
        }
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("m", new LinkedHashMap<>(Map.of("b", 1)));
        assertThat(memory().buildKey("t", "qa", nested))
                .isEqualTo(memory().buildKey("t", "qa", Map.of("m", Map.of("b", 1))));
    }

    @Test
    @Tag("factory-DEF-42")
    @DisplayName("DEF-42: an answer that only helps out is not kept")
    void cacheResponse_noStore() {
        AiCache cache = memory();
        cache.cacheResponse("t", "qa", Map.of(), Map.of("answer", "sorry", "no_store", true), null);
        assertThat(cache.getCachedResponse("t", "qa", Map.of(), null)).isEmpty();
    }

    @Test
    @Tag("factory-DEF-38")
    @DisplayName("DEF-38: the size of a text is told from the text")
    void textTiers_fromTheText() {
        AiCache cache = memory();
        cache.cacheResponse("x".repeat(60_000), "qa", Map.of(), ANSWER, null);
        cache.getCachedResponse("short", "qa", Map.of(), null);
        assertThat(cache.textTierStatistics().distribution())
                .containsEntry(TextTiers.Tier.XLARGE, 1L)
                .containsEntry(TextTiers.Tier.SMALL, 1L)
                .containsEntry(TextTiers.Tier.MEDIUM, 0L);
    }

    @Test
    @Tag("factory-DEF-44")
    @DisplayName("DEF-44: a clock that is set back makes no negative durations")
    void durations_clockSetBack() {
        AiCache cache = memory();
        cache.on(CacheEvent.SET_SUCCESS, (event, key, value) -> clock.advance(Duration.ofHours(-1)));
        cache.cacheResponse("t", "qa", Map.of(), ANSWER, null);
        OperationPerformance.Line line =
                cache.operationPerformance().operations().get("qa");
        assertThat(line.least().isNegative()).isFalse();
        assertThat(line.configuredTtl()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    @Tag("factory-case-1")
    @Tag("factory-case-2")
    @Tag("factory-case-3")
    @Tag("factory-case-4")
    @Tag("factory-case-6")
    @Tag("factory-case-7")
    @Tag("factory-case-8")
    @Tag("factory-case-10")
    @Tag("factory-case-11")
    @Tag("factory-case-12")
    @Tag("factory-case-13")
    @DisplayName("cases 1 to 13: keys as the legacy caches made them")
    void buildKey_asLegacy() {
        AiCache cache = legacyKeys(true);
        AiCache other = legacyKeys(true);
        assertThat(cache.buildKey("Sample text", "summarize", Map.of("max_length", 100)))
                .isEqualTo("ai_cache:op:summarize|txt:Sample text|opts:5104236b");
        assertThat(cache.buildKey("", "summarize", Map.of())).isEqualTo("ai_cache:op:summarize|txt:");
        assertThat(cache.buildKey("x".repeat(1_000), "qa", Map.of())).endsWith("|txt:" + "x".repeat(1_000));
        assertThat(cache.buildKey("x".repeat(1_001), "qa", Map.of())).endsWith("|txt:hash:22f605c1b18ad0cb");
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("max_tokens", 150);
        asked.put("question", "By how much did revenue rise?");
        Map<String, Object> turned = new LinkedHashMap<>();
        turned.put("question", "By how much did revenue rise?");
        turned.put("max_tokens", 150);
        assertThat(cache.buildKey("x", "qa", asked)).isEqualTo("ai_cache:op:qa|txt:x|opts:85a58bb3|q:f8968688");
        assertThat(other.buildKey("x", "qa", turned)).isEqualTo(cache.buildKey("x", "qa", asked));
        assertThat(cache.buildKey("x", "summarize", asked)).endsWith("|q:f8968688");
        assertThat(cache.buildKey("ratio a|b is 3:1 overall", "qa", Map.of()))
                .endsWith("|txt:ratio a_b is 3_1 overall");
        assertThat(cache.buildKey("\u00e9", "qa", Map.of())).isNotEqualTo(cache.buildKey("e\u0301", "qa", Map.of()));
        assertThat(cache.buildKey("\ud83d\ude80 ".repeat(600), "qa", Map.of())).endsWith("hash:dadd352fc291aa7b");
    }

    @Test
    @Tag("factory-case-9")
    @DisplayName("case 9: the question beside the options")
    void buildKey_questionApart() {
        AiCache cache = legacyKeys(false);
        assertThat(cache.buildKey("x", "qa", Map.of("max_tokens", 150, "question", "By how much did revenue rise?")))
                .isEqualTo("ai_cache:op:qa|txt:x|opts:a1a0492b|q:f8968688");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op:qa|txt:x|opts:85a58bb3|q:f8968688",
                "op:qa|txt:x|opts:a1a0492b|q:f8968688",
                "c6bdeb4e43cb1c1d1c2d5a4a7a1b2a3f"
            })
    @DisplayName("an answer under an older key is found, and moves to the key of today with the time it had left")
    void getCachedResponse_olderKey(String id) {
        AiCache cache = legacyKeys(false);
        Map<String, Object> options = Map.of("max_tokens", 150);
        String question = "By how much did revenue rise?";
        boolean known = id.startsWith("op:");
        cache.set("ai_cache:" + id, ANSWER, Duration.ofMinutes(10));
        assertThat(cache.getCachedResponse("x", "qa", options, question).isPresent())
                .isEqualTo(known);
        Map<String, Object> all = new HashMap<>(options);
        all.put("question", question);
        String key = cache.buildKey("x", "qa", all);
        assertThat(cache.getTtl(key).orElse(Duration.ZERO)).isEqualTo(known ? Duration.ofMinutes(10) : Duration.ZERO);
        assertThat(cache.invalidateByOperation("qa")).isEqualTo(known ? id.contains("85a58bb3") ? 2 : 1 : 0);
    }

    @Test
    @Tag("factory-case-14")
    @DisplayName("case 14: what was asked is counted by size of text and by operation")
    void statistics_bySizeAndOperation() {
        AiCache cache = memory();
        for (int i = 0; i < 3; i++) {
            cache.getCachedResponse("short " + i, "qa", Map.of(), null);
        }
        for (int i = 0; i < 2; i++) {
            cache.getCachedResponse("x".repeat(6_000) + i, "summarize", Map.of(), null);
        }
        assertThat(cache.aiPerformanceSummary().keysMade()).isEqualTo(5);
        assertThat(cache.performanceSummary().operations())
                .containsEntry("qa", 3L)
                .containsEntry("summarize", 2L);
        assertThat(cache.textTierStatistics().distribution()).containsEntry(TextTiers.Tier.SMALL, 3L);
    }

    @Test
    @Tag("factory-case-15")
    @DisplayName("case 15: before the first call there are zeros")
    void statistics_atFirst() {
        AiCache cache = memory();
        assertThat(cache.performanceSummary().hitRatioPercent()).isZero();
        assertThat(cache.aiPerformanceSummary().totalOperations()).isZero();
        assertThat(cache.operationPerformance().operations()).isEmpty();
        assertThat(cache.aiPerformanceSummary().recommendations()).isEmpty();
    }

    @Test
    @DisplayName("each kind of cache clears what is its own")
    void clear_ownEntries() {
        AiCache cache = memory();
        AppCache plain = open(CacheFactory.forWebApp(web -> web.useMemoryCache(true)));
        for (AppCache each : List.of(cache, plain)) {
            each.set("session:1", 1);
            each.set("ai_cache:op:qa|txt:x", ANSWER);
        }
        assertThat(cache.clear()).isEqualTo(1);
        assertThat(cache.getKeys()).containsExactly("session:1");
        assertThat(plain.clear()).isEqualTo(1);
        assertThat(plain.getKeys()).containsExactly("ai_cache:op:qa|txt:x");
    }

    @Test
    @Tag("factory-case-16")
    @DisplayName("case 16: threads do not disturb each other")
    void buildKey_threads() throws Exception {
        AiCache cache = memory();
        Set<String> keys = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(10);
        for (int i = 0; i < 10; i++) {
            String text = "text " + i;
            threads.execute(() -> keys.add(cache.buildKey(text, "qa", Map.of())));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keys).hasSize(10);
    }
}
