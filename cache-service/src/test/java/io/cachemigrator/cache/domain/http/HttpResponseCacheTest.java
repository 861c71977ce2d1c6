package io.cachemigrator.cache.domain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.domain.http.HttpHit.State;
import io.cachemigrator.cache.error.ValidationException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-14")
class HttpResponseCacheTest {
    private static final HttpKey REPORT = HttpKey.of("report");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private CacheService service;
    private HttpResponseCache responses;

    @BeforeEach
    void open() {
        service = CacheService.open(CacheConfig.builder().clock(clock).build());
        responses = over(service, HttpPolicy.DEFAULTS.withMaxBytes(10_000));
    }

    /** A cache over a service. */
    HttpResponseCache over(CacheService opened, HttpPolicy policy) {
        return new HttpResponseCache(opened, policy);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    @Tag("services-C-1")
    @Tag("services-C-12")
    @DisplayName("C-1, C-12: a value comes back as it was, whatever its size")
    void put_everyKindOfValue_comesBackEqual() {
        List<Object> values = List.of(
                Map.of("a", 1, "b", List.of("x")),
                List.of(1, 2, 3),
                "plain text",
                "{\"looks\": \"like JSON\"}",
                "x".repeat(3_000),
                "{\"n\": [" + "1,".repeat(1_500) + "1]}",
                42,
                true);
        for (Object value : values) {
            assertThat(responses.put(REPORT, value, HttpOptions.DEFAULTS)).isTrue();
            HttpHit<Object> hit = responses.get(REPORT, Object.class);
            assertThat(hit.state()).isEqualTo(State.FRESH);
            assertThat(hit.value()).isEqualTo(value);
        }
        assertThat(responses.put(REPORT, null, HttpOptions.DEFAULTS)).isTrue();
        assertThat(responses.get(REPORT, Object.class).state()).isEqualTo(State.FRESH);
        assertThat(responses.get(REPORT, Object.class).found()).isEmpty();
    }

    @Test
    @Tag("services-C-4")
    @DisplayName("C-4: five minutes fresh, an hour stale, unless asked otherwise")
    void get_asTimePasses_isFreshThenStaleThenGone() {
        responses.put(REPORT, "v", HttpOptions.DEFAULTS);
        clock.advance(Duration.ofMinutes(4));
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.FRESH);
        assertThat(responses.get(REPORT, String.class).age()).isEqualTo(Duration.ofMinutes(4));
        clock.advance(Duration.ofMinutes(1));
        HttpHit<String> stale = responses.get(REPORT, String.class);
        assertThat(stale.state()).isEqualTo(State.STALE);
        assertThat(stale.value()).isEqualTo("v");
        clock.advance(Duration.ofHours(1));
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.MISS);

        responses.put(REPORT, "w", HttpOptions.ttl(Duration.ofSeconds(1)).withStaleTtl(Duration.ZERO));
        clock.advance(Duration.ofSeconds(1));
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.MISS);
    }

    @Test
    @Tag("services-C-3")
    @Tag("services-C-13")
    @DisplayName("C-3, C-13: one refresh for many stale reads, and it keeps times, tags and headers")
    void get_staleManyTimes_refreshesOnceInTheBackground() {
        HttpOptions options =
                HttpOptions.ttl(Duration.ofSeconds(60)).withTags("daily").withStaleTtl(Duration.ofHours(2));
        responses.put(REPORT, "old", options);
        clock.advance(Duration.ofSeconds(61));
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<String> fresh = new CompletableFuture<>();
        for (int i = 0; i < 50; i++) {
            HttpHit<String> hit = responses.get(REPORT, String.class, () -> {
                calls.incrementAndGet();
                return fresh;
            });
            assertThat(hit.state()).isEqualTo(State.STALE);
            assertThat(hit.value()).isEqualTo("old");
        }
        assertThat(calls).hasValue(1);
        fresh.complete("new");
        HttpHit<String> hit = responses.get(REPORT, String.class);
        assertThat(hit.state()).isEqualTo(State.FRESH);
        assertThat(hit.value()).isEqualTo("new");
        assertThat(hit.tags()).containsExactly("daily");
        clock.advance(Duration.ofSeconds(60));
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.STALE);
        clock.advance(Duration.ofMinutes(119));
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.STALE);
        assertThat(responses.statistics().refreshes()).isEqualTo(1);
        responses.get(REPORT, String.class, () -> CompletableFuture.completedFuture("third"));
        assertThat(responses.get(REPORT, String.class).value()).isEqualTo("third");
    }

    @Test
    void get_refreshFails_keepsTheStaleResponseAndTriesAgain() {
        responses.put(REPORT, "old", HttpOptions.ttl(Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(2));
        List<Supplier<CompletableFuture<String>>> failing = List.of(
                () -> CompletableFuture.failedFuture(new IllegalStateException("no")),
                () -> {
                    throw new IllegalStateException("no");
                },
                () -> CompletableFuture.completedFuture(null));
        failing.forEach(refresh ->
                assertThat(responses.get(REPORT, String.class, refresh).value()).isEqualTo("old"));
        assertThat(responses.statistics().failedRefreshes()).isEqualTo(3);
        assertThat(responses.get(REPORT, String.class).value()).isEqualTo("old");
    }

    @Test
    @Tag("services-C-5")
    @DisplayName("C-5: entity tags, and a limit of size")
    void etag_changesWithTheContentOnly() {
        responses.put(REPORT, Map.of("a", 1), HttpOptions.DEFAULTS);
        String first = responses.get(REPORT, Object.class).etag();
        clock.advance(Duration.ofSeconds(1));
        responses.put(REPORT, Map.of("a", 1), HttpOptions.DEFAULTS.withTags("t"));
        assertThat(responses.get(REPORT, Object.class).etag()).isEqualTo(first).matches("\"[0-9a-f]{32}\"");
        responses.put(REPORT, Map.of("a", 2), HttpOptions.DEFAULTS);
        HttpHit<Object> hit = responses.get(REPORT, Object.class);
        assertThat(hit.etag()).isNotEqualTo(first);
        assertThat(hit.matches(first)).isFalse();
        assertThat(hit.matches(null)).isFalse();
        assertThat(hit.matches("\"other\", W/" + hit.etag())).isTrue();
        assertThat(hit.matches("*")).isTrue();
        assertThat(responses.get(HttpKey.of("none"), Object.class).matches("*")).isFalse();

        assertThat(responses.put(REPORT, "x".repeat(10_001), HttpOptions.DEFAULTS))
                .isFalse();
        assertThat(responses.statistics().tooLarge()).isEqualTo(1);
        assertThat(responses.get(REPORT, Object.class).value()).isEqualTo(Map.of("a", 2));
    }

    @Test
    void vary_everyVariantHasAPlaceOfItsOwn() {
        HttpOptions byLanguage =
                HttpOptions.DEFAULTS.withVary("Accept-Language").withTags("all");
        for (String language : List.of("en", "de", "fr")) {
            responses.put(request(language), "text in " + language, byLanguage);
        }
        for (String language : List.of("en", "de", "fr")) {
            assertThat(responses.get(request(language), String.class).value()).isEqualTo("text in " + language);
        }
        assertThat(responses.get(request("es"), String.class).state()).isEqualTo(State.MISS);
        responses.put(request("de"), "neu", byLanguage);
        assertThat(responses.get(request("de"), String.class).value()).isEqualTo("neu");
        assertThat(responses.invalidate(request("fr"))).isTrue();
        for (String language : List.of("en", "de", "fr")) {
            assertThat(responses.get(request(language), String.class).state()).isEqualTo(State.MISS);
        }
    }

    private static HttpKey request(String language) {
        return HttpKey.of("GET", URI.create("/page?b=2&a=1"), Map.of("accept-language", language, "X-Other", "1"));
    }

    @Test
    void key_equivalentRequests_areOne() {
        HttpKey key = HttpKey.of("get", URI.create("https://Example.org/p?b=2&a=1#top"), Map.of());
        assertThat(key.id()).isEqualTo("GET example.org/p?a=1&b=2");
        assertThat(HttpKey.of("HEAD", URI.create("https://example.org/p?a=1&b=2"), Map.of()))
                .isEqualTo(key);
        assertThat(HttpKey.of("POST", URI.create("https://example.org/p?a=1&b=2"), Map.of()))
                .isNotEqualTo(key);
        assertThat(HttpKey.of("GET", URI.create("http://h"), Map.of()).id()).isEqualTo("GET h/");
        assertThatThrownBy(() -> HttpKey.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("services-C-6")
    @Tag("services-C-10")
    @DisplayName("C-6, C-10: the first twenty tags count; a tag that a response lost no longer removes it")
    void tags_areLimitedAndFollowTheResponse() {
        String[] many = IntStream.range(0, 30).mapToObj(i -> "t" + i).toArray(String[]::new);
        responses.put(REPORT, "v", HttpOptions.DEFAULTS.withTags(many));
        assertThat(responses.get(REPORT, String.class).tags())
                .hasSize(20)
                .startsWith("t0")
                .endsWith("t19");
        responses.invalidateTags("t25");
        assertThat(responses.get(REPORT, String.class).isHit()).isTrue();
        responses.put(REPORT, "w", HttpOptions.DEFAULTS.withTags("other"));
        responses.invalidateTags("t1");
        assertThat(responses.get(REPORT, String.class).isHit()).isTrue();
        responses.invalidateTags("other");
        assertThat(responses.get(REPORT, String.class).state()).isEqualTo(State.MISS);
    }

    @Test
    void invalidatePath_takesThePathAndWhatIsBelow() {
        HttpKey below = HttpKey.of("GET", URI.create("/api/reports/7"), Map.of());
        HttpKey beside = HttpKey.of("GET", URI.create("/api/users"), Map.of());
        responses.put(below, 1, HttpOptions.DEFAULTS);
        responses.put(beside, 2, HttpOptions.DEFAULTS);
        responses.invalidatePath("get", "/api/reports/");
        assertThat(responses.get(below, Integer.class).state()).isEqualTo(State.MISS);
        assertThat(responses.get(beside, Integer.class).value()).isEqualTo(2);
    }

    @Test
    @Tag("services-C-2")
    @DisplayName("C-2: responses that a migration brought are read, with and without their further members")
    void get_migratedEntry_isRead() {
        Region<byte[]> region = service.region(HttpResponseCache.REGION, Codecs.rawJsonBytes());
        String now = clock.instant().toString();
        store(region, "short", "{\"response\": [1], \"cached_at\": \"2025-08-03T10:15:30.123456\", \"etag\": null}");
        store(
                region,
                "long",
                "{\"response\": {\"a\": 1}, \"cached_at\": \"" + now + "\", \"etag\": \"abc\", \"tags\": [\"daily\"],"
                        + " \"vary_headers\": {}, \"stale_ttl\": 60, \"expires\": \""
                        + clock.instant().plusSeconds(5) + "\"}");
        store(region, "foreign", "{\"status\": 200}");

        assertThat(responses.get(HttpKey.of("short"), Object.class).value()).isEqualTo(List.of(1));
        HttpHit<Object> hit = responses.get(HttpKey.of("long"), Object.class);
        assertThat(hit.state()).isEqualTo(State.FRESH);
        assertThat(hit.etag()).isEqualTo("\"abc\"");
        assertThat(hit.tags()).containsExactly("daily");
        clock.advance(Duration.ofSeconds(6));
        assertThat(responses.get(HttpKey.of("long"), Object.class).state()).isEqualTo(State.STALE);
        assertThat(responses.get(HttpKey.of("foreign"), Object.class).state()).isEqualTo(State.UNAVAILABLE);
        assertThat(responses.get(HttpKey.of("short"), Integer.class).state()).isEqualTo(State.UNAVAILABLE);
    }

    private static void store(Region<byte[]> region, String key, String json) {
        region.put("http:" + key, json.getBytes(StandardCharsets.UTF_8), WriteOptions.DEFAULTS);
    }

    @Test
    @Tag("services-C-8")
    @DisplayName("C-8: statistics are counted, not invented")
    void statistics_countWhatHappened() {
        responses.get(REPORT, String.class);
        responses.put(REPORT, "v", HttpOptions.DEFAULTS);
        responses.get(REPORT, String.class);
        assertThat(responses.statistics()).isEqualTo(new HttpStatistics(1, 0, 1, 0, 1, 0, 0, 0));
        assertThat(responses.statistics().hitRate()).isEqualTo(0.5);
        assertThat(new HttpStatistics(0, 0, 0, 0, 0, 0, 0, 0).hitRate()).isZero();
    }

    @Test
    void options_ofHeaders_followTheResponse() {
        assertThat(HttpOptions.of(Map.of())).contains(HttpOptions.DEFAULTS);
        assertThat(HttpOptions.of(Map.of(
                        "cache-control",
                        "public, max-age=10, s-maxage=\"20\", stale-while-revalidate=30",
                        "vary",
                        "Accept, accept-language")))
                .contains(new HttpOptions(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        List.of(),
                        List.of("accept", "accept-language")));
        for (Map<String, String> forbidden : List.of(
                Map.of("Cache-Control", "No-Store"),
                Map.of("Cache-Control", "private, max-age=5"),
                Map.of("Cache-Control", "no-cache"),
                Map.of("Cache-Control", "max-age=0"),
                Map.of("Vary", "*"),
                Map.of("Set-Cookie", "a=b"))) {
            assertThat(HttpOptions.of(forbidden)).isEmpty();
        }
    }

    @Test
    void put_unwritableValueOrBadOptions_isRefused() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> responses.put(REPORT, cycle, HttpOptions.DEFAULTS))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> HttpOptions.ttl(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpPolicy.DEFAULTS.withMaxBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
