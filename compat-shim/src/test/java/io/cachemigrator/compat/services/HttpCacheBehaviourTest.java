package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.compat.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("SVC-14")
@SuppressWarnings({"removal", "unchecked", "rawtypes"}) // the legacy classes are what is tested
class HttpCacheBehaviourTest extends Behaviour {
    private static final String KEY = "/api/report?days=7";

    private HttpCacheService http(Setting setting) {
        return new HttpCacheService(open(setting));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-1")
    @Tag("services-C-9")
    @DisplayName("a value comes back as it was, at once")
    void get_afterSet_givesTheSameValue(Setting setting) {
        HttpCacheService http = http(setting);
        assertThat(http.set(KEY, List.of(1, "two", Map.of("three", 3)))).isTrue();
        HttpCacheHit<List> hit = http.get(KEY, List.class);
        assertThat(hit.value()).isEqualTo(List.of(1, "two", Map.of("three", 3)));
        assertThat(hit.isHit()).isTrue();
        assertThat(hit.isStale()).isFalse();
        assertThat(http.get("/none", List.class)).isEqualTo(new HttpCacheHit<>(null, false, false));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-30")
    @Tag("services-C-3")
    @DisplayName("fresh, then stale, then gone")
    void get_asTimePasses_isFreshThenStaleThenGone(Setting setting) {
        HttpCacheService http = http(setting);
        http.set(KEY, "v", HttpCacheOptions.ttl(Duration.ofSeconds(10)).withStaleTtl(Duration.ofSeconds(60)));
        clock.pass(Duration.ofSeconds(5));
        assertThat(http.get(KEY, String.class)).isEqualTo(new HttpCacheHit<>("v", false, true));
        clock.pass(Duration.ofSeconds(25));
        assertThat(http.get(KEY, String.class)).isEqualTo(new HttpCacheHit<>("v", true, true));
        clock.pass(Duration.ofSeconds(50));
        assertThat(http.get(KEY, String.class)).isEqualTo(new HttpCacheHit<>(null, false, false));
        assertThat(http.getStats().totalEntries()).as("and its key is gone").isZero();
        assertThat(service.exists("http:" + KEY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-4")
    @DisplayName("five minutes fresh and an hour stale, also where zero is given")
    void set_withoutTimes_isFreshForFiveMinutes(Setting setting) {
        HttpCacheService http = http(setting);
        http.set(KEY, 1);
        http.set("zero", 1, HttpCacheOptions.ttl(Duration.ZERO).withStaleTtl(Duration.ZERO));
        clock.pass(Duration.ofSeconds(299));
        assertThat(http.get(KEY, Integer.class).isStale()).isFalse();
        assertThat(http.get("zero", Integer.class).isStale()).isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(http.get(KEY, Integer.class).isStale()).isTrue();
        assertThat(http.get("zero", Integer.class).isStale()).isTrue();
        clock.pass(Duration.ofMinutes(60));
        assertThat(http.get(KEY, Integer.class).isHit()).isFalse();
        assertThatThrownBy(() -> HttpCacheOptions.ttl(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-31")
    @Tag("services-C-13")
    @DisplayName("fifty stale answers start one refresh, which keeps time and tags")
    void get_staleByMany_refreshesOnce(Setting setting) throws Exception {
        HttpCacheService http = http(setting);
        http.set(KEY, "old", HttpCacheOptions.ttl(Duration.ofSeconds(10)).withTags("daily"));
        clock.pass(Duration.ofSeconds(20));
        AtomicInteger refreshes = new AtomicInteger();
        CompletableFuture<String> fresh = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Callable<HttpCacheHit<String>>> calls = new ArrayList<>();
        IntStream.range(0, 50)
                .forEach(i -> calls.add(() -> http.get(KEY, String.class, () -> {
                    refreshes.incrementAndGet();
                    return fresh;
                })));
        for (Future<HttpCacheHit<String>> each : threads.invokeAll(calls)) {
            assertThat(each.get()).isEqualTo(new HttpCacheHit<>("old", true, true));
        }
        threads.shutdown();
        fresh.complete("new");
        Eventually.await(() -> "new".equals(http.get(KEY, String.class).value()));
        assertThat(refreshes).hasValue(1);
        clock.pass(Duration.ofSeconds(9));
        assertThat(http.get(KEY, String.class).isStale())
                .as("ten seconds again")
                .isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(http.get(KEY, String.class).isStale()).isTrue();
        assertThat(http.invalidateByTag("daily")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-3")
    @DisplayName("only the one strategy refreshes; a refresh that gives nothing leaves the stale answer")
    void get_withAStrategy_refreshesOnlyWhereAsked(Setting setting) {
        HttpCacheService http = new HttpCacheService(open(setting), HttpCacheConfig.DEFAULTS, Runnable::run);
        http.set(KEY, "old", HttpCacheOptions.ttl(Duration.ofSeconds(10)));
        clock.pass(Duration.ofSeconds(20));
        AtomicInteger refreshes = new AtomicInteger();
        for (HttpCacheStrategy strategy : HttpCacheStrategy.values()) {
            http.get(KEY, String.class, strategy, () -> {
                refreshes.incrementAndGet();
                return nothing();
            });
        }
        assertThat(refreshes).hasValue(1);
        assertThat(http.get(KEY, String.class)).isEqualTo(new HttpCacheHit<>("old", true, true));
    }

    private static CompletionStage<String> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-32")
    @Tag("services-C-5")
    @Tag("services-C-11")
    @Tag("services-C-12")
    @DisplayName("large bodies take less room and come back as what they were")
    void set_largeBodies_keepsTypeAndSavesRoom(Setting setting) {
        HttpCacheService http = http(setting);
        Map<String, String> body = Map.of("text", "0123456789".repeat(500));
        String plain = "b'x' and more ".repeat(300);
        String json = "[" + "1, ".repeat(1000) + "1]";
        assertThat(http.set(KEY, body)).isTrue();
        assertThat(http.set("plain", plain)).isTrue();
        assertThat(http.set("json", json)).isTrue();
        assertThat(http.get(KEY, Map.class).value()).isEqualTo(body);
        assertThat(http.get("plain", String.class).value()).isEqualTo(plain);
        assertThat(http.get("json", String.class).value()).isEqualTo(json);
        if (setting.isLegacyLayout()) {
            assertThat(redis.raw().strlen("ngx:http:" + KEY)).isLessThan(2_000);
            assertThat(redis.raw().get("ngx:http:" + KEY))
                    .contains("\"compressed\": true")
                    .doesNotContain("\"b'");
        } else if (setting == Setting.REDIS) {
            assertThat(redis.raw().strlen("cs:http-responses:http:" + KEY)).isLessThan(2_000);
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-5")
    @DisplayName("what is too large is refused and counted")
    void set_tooLarge_isRefused(Setting setting) {
        HttpCacheConfig config = new HttpCacheConfig(1, 1024, Duration.ZERO, Duration.ZERO, 20, true, false);
        HttpCacheService http = new HttpCacheService(open(setting), config, ForkJoinPool.commonPool());
        assertThat(http.set(KEY, "x".repeat(2 << 20))).isFalse();
        assertThat(http.get(KEY, String.class).isHit()).isFalse();
        assertThat(http.getStats().tooLargeCount()).isEqualTo(1);
        assertThat(http.set(KEY, new Object())).as("no JSON").isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-34")
    @Tag("services-C-6")
    @DisplayName("the first twenty tags count, in the order given")
    void set_thirtyTags_keepsTheFirstTwenty(Setting setting) {
        HttpCacheService http = http(setting);
        String[] tags = IntStream.range(0, 30).mapToObj(i -> "t" + i).toArray(String[]::new);
        http.set(KEY, 1, HttpCacheOptions.DEFAULTS.withTags(tags));
        assertThat(http.tagIndex()).hasSize(20).containsKey("t19").doesNotContainKey("t20");
        assertThat(http.invalidateByTag("t20")).isZero();
        assertThat(http.invalidateByTag("t19")).isEqualTo(1);
        assertThat(http.get(KEY, Integer.class).isHit()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-36")
    @Tag("services-C-10")
    @DisplayName("a tag that a response lost no longer removes it")
    void invalidateByTag_afterRetagging_keepsTheEntry(Setting setting) {
        HttpCacheService http = http(setting);
        http.set(KEY, 1, HttpCacheOptions.DEFAULTS.withTags("x"));
        http.set(KEY, 2, HttpCacheOptions.DEFAULTS.withTags("y"));
        assertThat(http.invalidateByTag("x")).isZero();
        assertThat(http.get(KEY, Integer.class).value()).isEqualTo(2);
        assertThat(http.invalidateByTag("y")).isEqualTo(1);
        assertThat(http.invalidateByTag("unknown")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-7")
    @DisplayName("responses with several tags are counted once")
    void invalidateByTags_shared_areCountedOnce(Setting setting) {
        HttpCacheService http = http(setting);
        http.set("a", 1, HttpCacheOptions.DEFAULTS.withTags("x", "y"));
        http.set("b", 1, HttpCacheOptions.DEFAULTS.withTags("y"));
        http.set("c", 1);
        assertThat(http.invalidateByTags(List.of("x", "y"))).isEqualTo(2);
        assertThat(http.get("c", Integer.class).isHit()).isTrue();
        assertThat(http.getStats().evictionCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-7")
    @DisplayName("one, or all of a pattern, can be removed")
    void invalidate_oneAndByPattern_removesThose(Setting setting) {
        HttpCacheService http = http(setting);
        List.of("/a/1", "/a/2", "/a/[x]", "/b/1").forEach(key -> http.set(key, 1));
        assertThat(http.invalidate("/a/1")).isTrue();
        assertThat(http.invalidate("/a/1")).isFalse();
        assertThat(http.invalidatePattern("/a/[x]"))
                .as("brackets stand for themselves")
                .isEqualTo(1);
        assertThat(http.invalidatePattern("/a/?")).isEqualTo(1);
        assertThat(http.invalidatePattern("/z*")).isZero();
        assertThat(http.get("/b/1", Integer.class).isHit()).isTrue();
        assertThat(http.invalidatePattern("*")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-7")
    @DisplayName("warming stores what the loader gives of what was asked for")
    void warm_someKeys_countsWhatIsStored(Setting setting) {
        HttpCacheService http = http(setting);
        assertThat(http.warm(keys -> Map.of("a", 1, "b", 2, "more", 3), List.of("a", "b", "c")))
                .isEqualTo(2);
        assertThat(http.get("a", Integer.class).value()).isEqualTo(1);
        assertThat(http.get("more", Integer.class).isHit()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-8")
    @DisplayName("statistics are measured")
    void getStats_afterAHitAndAMiss_isHalf(Setting setting) {
        HttpCacheService http = http(setting);
        assertThat(http.getStats().toMap().get("compression_ratio")).isEqualTo("0.00");
        http.set(KEY, "abc".repeat(1000), HttpCacheOptions.DEFAULTS.withTags("x", "y"));
        http.set(KEY, "abc".repeat(1000), HttpCacheOptions.DEFAULTS.withTags("x", "y"));
        http.get(KEY, String.class);
        http.get("none", String.class);
        HttpCacheStats stats = http.getStats();
        assertThat(stats.totalEntries()).as("overwriting is no second entry").isEqualTo(1);
        assertThat(stats.tags()).isEqualTo(2);
        assertThat(stats.responseTime()).isPositive();
        assertThat(stats.toMap())
                .containsEntry("hit_rate", "50.00%")
                .containsEntry("hit_count", 1L)
                .containsEntry("miss_count", 1L)
                .containsOnlyKeys(
                        "total_entries",
                        "total_size_mb",
                        "hit_rate",
                        "hit_count",
                        "miss_count",
                        "eviction_count",
                        "compression_ratio",
                        "tags_count",
                        "avg_response_time_ms");
        if (setting.isLegacyLayout()) {
            assertThat(stats.compressionRatio()).isBetween(0.01, 0.3);
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-C-5")
    @DisplayName("a response that depends on a header answers requests with that header's value")
    void get_withRequestHeaders_followsVary(Setting setting) {
        HttpCacheService http = http(setting);
        http.set(KEY, "hola", HttpCacheOptions.DEFAULTS.withVaryHeaders(Map.of("Accept-Language", "es")));
        assertThat(http.get(KEY, String.class, Map.of("Accept-Language", "es")).value())
                .isEqualTo("hola");
        assertThat(http.get(KEY, String.class, Map.of("Accept-Language", "en")).isHit())
                .isFalse();
        assertThat(http.get(KEY, String.class).value())
                .as("callers that tell requests apart by the key")
                .isEqualTo("hola");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("a closed service finds nothing and leaves the one underneath open")
    void close_service_leavesTheOneUnderneathOpen(Setting setting) {
        HttpCacheService http = http(setting);
        http.set(KEY, 1);
        http.close();
        assertThat(http.get(KEY, Integer.class).isHit()).isFalse();
        assertThat(http.set(KEY, 2)).isFalse();
        assertThat(service.set("k", 1)).isTrue();
        assertThat(http.config()).isEqualTo(HttpCacheConfig.DEFAULTS);
    }
}
