package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.compat.stage.ShadowVerdict;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.ManualClock;
import io.cachemigrator.compat.testkit.TestRedis;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.SetParams;

/** How responses are stored, and that each layout is read from the other. */
@Tag("SHM-1")
@Tag("SHM-3")
@SuppressWarnings({"removal", "unchecked", "rawtypes"}) // the legacy classes are what is tested
class HttpLayoutTest {
    private static final String RAW = "ngx:http:/api/report";
    private static final String KEY = "/api/report";

    private static TestRedis redis;

    private final ManualClock clock = new ManualClock();

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void clear() {
        redis.raw().flushAll();
    }

    private LegacyCacheSettings settings(Stage stage) {
        return LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(stage))
                .clock(clock)
                .build();
    }

    private RedisCacheService open(Stage stage) {
        return new RedisCacheService(settings(stage));
    }

    private static void seed(String value, boolean compressed, String tags, Duration left) {
        LocalDateTime elsewhere = LocalDateTime.now().minusHours(5);
        redis.raw()
                .set(
                        RAW,
                        ("{\"key\": \"/api/report\", \"value\": %s, \"created_at\": \"%s\", \"expires_at\": \"%s\","
                                        + " \"last_accessed\": \"%s\", \"access_count\": 0, \"tags\": %s, \"compressed\": %s,"
                                        + " \"size_bytes\": 9, \"etag\": \"900150983cd24fb0d6963f7d28e17f72\","
                                        + " \"vary_headers\": {}, \"stale_ttl\": 3600}")
                                .formatted(value, elsewhere, elsewhere.plusMinutes(5), elsewhere, tags, compressed),
                        new SetParams().px(left.toMillis()));
    }

    @Test
    @Tag("services-case-33")
    @Tag("services-C-4")
    @DisplayName("the legacy layout has its twelve members, and the sum of both times as time to live")
    void set_atTheLegacyStage_writesTheLegacyEnvelope() throws Exception {
        try (RedisCacheService service = open(new Stage.Legacy())) {
            new HttpCacheService(service).set(KEY, "x".repeat(1021), HttpCacheOptions.DEFAULTS.withTags("b", "a"));
        }
        JsonNode stored = new ObjectMapper().readTree(redis.raw().get(RAW));
        assertThat(stored.fieldNames())
                .toIterable()
                .containsExactly(
                        "key",
                        "value",
                        "created_at",
                        "expires_at",
                        "last_accessed",
                        "access_count",
                        "tags",
                        "compressed",
                        "size_bytes",
                        "etag",
                        "vary_headers",
                        "stale_ttl");
        assertThat(stored.path("compressed").booleanValue())
                .as("1,023 bytes as text")
                .isFalse();
        assertThat(stored.path("size_bytes").intValue()).isEqualTo(1023);
        assertThat(stored.path("tags")).hasToString("[\"b\",\"a\"]");
        assertThat(redis.raw().pttl(RAW)).isBetween(3_890_000L, 3_900_000L);
        assertThat(redis.raw().smembers("ngx:tag:a")).containsExactly("http:" + KEY);
        assertThat(redis.raw().pttl("ngx:tag:a")).isBetween(3_890_000L, 3_900_000L);
    }

    @Test
    @Tag("services-case-37")
    @Tag("services-C-2")
    @DisplayName("an envelope of the original is read, by the server's deadline, and its tags are indexed")
    void get_originalEnvelope_isReadAndIndexed() {
        seed("[1, 2]", false, "[\"daily\"]", Duration.ofSeconds(3600 + 100));
        try (RedisCacheService service = open(new Stage.Legacy())) {
            HttpCacheService http = new HttpCacheService(service);
            assertThat(http.get(KEY, List.class)).isEqualTo(new HttpCacheHit<List>(List.of(1, 2), false, true));
            clock.pass(Duration.ofSeconds(110));
            assertThat(http.get(KEY, List.class).isStale())
                    .as("its own times are of another zone")
                    .isTrue();
            assertThat(http.invalidateByTag("daily")).isEqualTo(1);
        }
        assertThat(redis.raw().exists(RAW)).isFalse();
    }

    @Test
    @Tag("services-case-37")
    @Tag("services-C-10")
    @DisplayName("envelopes of the original that nobody has read are found by tag, too, in both layouts")
    void invalidateByTag_originalEnvelopes_areFoundUnread() {
        for (Stage stage : List.of(new Stage.Legacy(), new Stage.DualWrite(), new Stage.Consolidated())) {
            seed("1", false, "[\"daily\"]", Duration.ofHours(2));
            try (RedisCacheService service = open(stage)) {
                new HttpCacheService(service).invalidateByTag("daily");
            }
            assertThat(redis.raw().exists(RAW)).as(stage.text()).isFalse();
        }
    }

    @Test
    @Tag("services-C-2")
    @Tag("services-C-11")
    @DisplayName("printed bytes are recovered, damaged ones are no response, and neither is text of theirs")
    void get_printedBytes_areRecoveredOrRefused() throws Exception {
        String printed = printed("{\"a\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        seed(new ObjectMapper().writeValueAsString(printed), true, "[]", Duration.ofHours(1));
        try (RedisCacheService service = open(new Stage.Legacy())) {
            HttpCacheService http = new HttpCacheService(service);
            assertThat(http.get(KEY, Map.class).value()).isEqualTo(Map.of("a", 1));
            seed(
                    new ObjectMapper().writeValueAsString(printed.substring(0, 20) + "'"),
                    true,
                    "[]",
                    Duration.ofHours(1));
            assertThat(http.get(KEY, Object.class)).isEqualTo(new HttpCacheHit<>(null, false, false));
            assertThat(http.getStats().unavailableCount())
                    .as("it is no miss either")
                    .isEqualTo(1);
            seed("\"gzip+base64:!\"", true, "[]", Duration.ofHours(1));
            assertThat(http.get(KEY, Object.class).isHit()).isFalse();
            redis.raw().lpush("ngx:http:list", "x");
            assertThat(http.get("list", Object.class).isHit()).isFalse();
        }
    }

    private static String printed(byte[] json) throws java.io.IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(json);
        }
        StringBuilder text = new StringBuilder("b'");
        for (byte each : out.toByteArray()) {
            text.append(String.format("\\x%02x", each));
        }
        return text.append('\'').toString();
    }

    @Test
    @Tag("services-C-2")
    @Tag("CLI-10")
    @DisplayName("what was written on either side is found on the other, and rolled back")
    void stages_forwardAndBack_keepResponses() {
        HttpCacheOptions options = HttpCacheOptions.ttl(Duration.ofSeconds(100)).withTags("daily");
        Map<String, String> body = Map.of("text", "large ".repeat(1000));
        try (RedisCacheService both = open(new Stage.DualWrite())) {
            new HttpCacheService(both).set(KEY, body, options);
        }
        try (RedisCacheService consolidated = open(new Stage.Consolidated())) {
            HttpCacheService http = new HttpCacheService(consolidated);
            assertThat(http.get(KEY, Map.class)).isEqualTo(new HttpCacheHit<Map>(body, false, true));
            http.set("/second", "two", options);
            assertThat(http.getStats().totalEntries()).isEqualTo(2);
        }
        try (RedisCacheService back = open(new Stage.Legacy())) {
            HttpCacheService http = new HttpCacheService(back);
            assertThat(http.get(KEY, Map.class).value()).isEqualTo(body);
            assertThat(http.get("/second", String.class).value()).isEqualTo("two");
            clock.pass(Duration.ofSeconds(101));
            assertThat(http.get("/second", String.class).isStale()).isTrue();
        }
        try (LayoutRepair repair = new LayoutRepair(settings(new Stage.Consolidated()))) {
            assertThat(repair.differences(List.of("http:" + KEY, "http:/second")))
                    .as("both layouts hold the same, each in its shape")
                    .isEmpty();
        }
    }

    @Test
    @Tag("CLI-10")
    @DisplayName("a response that only the consolidated side has is carried back in the legacy shape")
    void layoutRepair_responseOfTheConsolidatedSide_isCarriedBack() {
        LegacyCacheSettings alone = LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(new Stage.Consolidated()))
                .mirror(false)
                .clock(clock)
                .build();
        try (RedisCacheService service = new RedisCacheService(alone)) {
            new HttpCacheService(service).set(KEY, "new", HttpCacheOptions.DEFAULTS.withTags("daily"));
        }
        seed("\"old\"", false, "[]", Duration.ofHours(1));
        try (LayoutRepair repair = new LayoutRepair(settings(new Stage.Consolidated()))) {
            Map<String, LayoutRepair.Difference> found = repair.differences(List.of("http:" + KEY));
            assertThat(found).containsOnlyKeys("http:" + KEY);
            assertThat(repair.carryBack("http:" + KEY, found.get("http:" + KEY)))
                    .isTrue();
            assertThat(repair.differences(List.of("http:" + KEY))).isEmpty();
            assertThat(repair.carryBack("http:" + KEY, found.get("http:" + KEY)))
                    .as("it has changed since it was looked at")
                    .isFalse();
        }
        try (RedisCacheService service = open(new Stage.Legacy())) {
            HttpCacheService http = new HttpCacheService(service);
            assertThat(http.get(KEY, String.class).value()).isEqualTo("new");
            assertThat(http.invalidateByTag("daily")).isEqualTo(1);
        }
    }

    @Test
    @Tag("services-C-2")
    @DisplayName("a shadow read finds a response that was copied the same as the original")
    void shadow_copiedResponse_isTheSame() {
        seed("{\"rows\": [1, 2.5]}", false, "[\"daily\"]", Duration.ofSeconds(3700));
        byte[] raw = redis.raw().get(RAW.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Translation copy = Translator.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of())
                .translate(new LegacyEntry(
                        RAW.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "string",
                        raw,
                        3_700_000,
                        clock.instant()));
        try (CacheService service =
                CacheService.open(CacheConfig.builder().redisUri(redis.url()).build())) {
            service.region("http-responses", Codecs.rawJsonBytes())
                    .put("http:" + KEY, ((Translation.Entry) copy).payload());
        }
        Queue<ShadowVerdict> verdicts = new ConcurrentLinkedQueue<>();
        LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(new Stage.Shadow()))
                .staged(StagedOptions.DEFAULTS.withShadow(100, Duration.ofSeconds(30), verdicts::add))
                .clock(clock)
                .build();
        try (RedisCacheService shadowed = new RedisCacheService(settings)) {
            HttpCacheService http = new HttpCacheService(shadowed);
            assertThat(http.get(KEY, Map.class).value()).isEqualTo(Map.of("rows", List.of(1, 2.5)));
            Eventually.await(() -> !verdicts.isEmpty());
            assertThat(verdicts).extracting(ShadowVerdict::cause).containsExactly(ShadowVerdict.Cause.SAME);
        }
    }

    @Test
    @Tag("services-case-35")
    @Tag("services-C-10")
    @DisplayName("a tag that one instance sets is invalidated by another, in both layouts")
    void invalidateByTag_byAnotherInstance_removesInBothLayouts() {
        for (Stage stage : List.of(new Stage.Legacy(), new Stage.DualWrite(), new Stage.Consolidated())) {
            redis.raw().flushAll();
            try (RedisCacheService one = open(stage);
                    RedisCacheService other = open(stage)) {
                HttpCacheService first = new HttpCacheService(one);
                HttpCacheService second = new HttpCacheService(other);
                first.set(KEY, 1, HttpCacheOptions.DEFAULTS.withTags("daily"));
                assertThat(second.invalidateByTag("daily")).as(stage.text()).isEqualTo(1);
                assertThat(first.get(KEY, Integer.class).isHit()).isFalse();
                assertThat(redis.raw().exists(RAW)).as(stage.text()).isFalse();
                assertThat(redis.raw().exists("ngx:tag:daily"))
                        .as(stage.text())
                        .isEqualTo(stage instanceof Stage.Consolidated);
            }
        }
    }

    @Test
    @Tag("services-D-5")
    @DisplayName("rewritten callers read what the shim stored, and the other way round")
    void consolidatedCaches_besideTheShim_shareItsEntries() {
        try (RedisCacheService service = open(new Stage.Consolidated());
                KeyedCache cache = KeyedCache.open(redis.url())) {
            HttpCacheService http = new HttpCacheService(service);
            HttpResponseCache responses = new HttpResponseCache(cache);
            http.set(KEY, "shim");
            assertThat(responses.get(KEY, String.class).value()).isEqualTo("shim");
            responses.put(KEY, "new", io.cachemigrator.cache.domain.http.HttpOptions.DEFAULTS.withTags("daily"));
            assertThat(http.get(KEY, String.class).value()).isEqualTo("new");
            assertThat(http.invalidateByTag("daily")).isEqualTo(1);
        }
    }
}
