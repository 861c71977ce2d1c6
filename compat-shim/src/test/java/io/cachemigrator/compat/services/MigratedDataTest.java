package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpaceMatcher;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the migration map copies is found by the shim at the consolidated stage, under the same key and with the same value. */
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class MigratedDataTest {
    private final Translator translator =
            Translator.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of());
    private TestRedis redis;
    private StageWorld before;
    private StageWorld after;

    @BeforeEach
    void open() {
        redis = TestRedis.started();
        before = new StageWorld(redis, new Stage.Legacy());
        after = new StageWorld(redis, new Stage.Consolidated());
    }

    @AfterEach
    void close() {
        before.close();
        after.close();
        redis.close();
    }

    @Test
    @Tag("services-B-4")
    @DisplayName("B-4: an entry that was copied reads the same through the shim as before")
    void lookup_everyCopiedKeyOfTheSample_isTheLegacyValue() throws IOException {
        RedisCacheService legacy = before.service();
        RedisCacheService consolidated = after.open(after.settings().mirror(false));
        List<String> compared = new ArrayList<>();
        try (CacheService service =
                CacheService.open(CacheConfig.builder().redisUri(redis.url()).build())) {
            for (JsonNode sample : new ObjectMapper().readTree(sampleFile())) {
                String name = sample.get("key").textValue();
                if (!name.startsWith("ngx:") || !sample.get("type").textValue().equals("string")) {
                    continue;
                }
                redis.raw().set(name.getBytes(UTF_8), value(sample));
                Translation translation = translate(name, value(sample));
                // the HTTP envelope is another shape on purpose, and pickles become readable
                if (translation instanceof Translation.Entry entry
                        && !entry.region().equals("http-responses")) {
                    service.region(entry.region(), asWritten(entry)).put(entry.id(), entry.payload());
                    String key = name.substring("ngx:".length());
                    Lookup<Object> original = legacy.lookup(key, Object.class);
                    if (original instanceof Lookup.Present<Object> present) {
                        assertThat(consolidated.lookup(key, Object.class).valueOrNull())
                                .as(name)
                                .isEqualTo(present.value());
                        assertThat(consolidated.exists(key)).as(name).isTrue();
                        compared.add(name);
                    }
                }
            }
        }
        assertThat(compared).hasSizeGreaterThan(25).contains("ngx:nullable", "ngx:bigint", "ngx:raw:plaintext");
    }

    @Test
    @DisplayName("the map and the routes send every kind of key to the same place")
    void routes_keysOfEveryKind_agreeWithTheMap() {
        for (String namespace : List.of("ngx", "staging", "ngx_test", "Prod.1", "1st")) {
            assertSamePlaces(namespace);
        }
    }

    private static void assertSamePlaces(String namespace) {
        KeyRoutes routes = KeyRoutes.forNamespace(namespace);
        KeySpaceMatcher matcher =
                KeySpaceMatcher.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of("namespace", namespace));
        String hash = "3e246462619e878efd20725eba29d4cd";
        for (String key : List.of(
                "conv:42",
                "cust:7",
                "pred:m:" + hash,
                "tier:crm:77:eu:" + hash,
                "prog:rec:" + hash,
                "roi:p:" + hash,
                "conf:agent:prompts",
                "know:pricing",
                "exp:e:B",
                "prompt:main:" + hash,
                "emotional:7:6",
                "metr:a:b",
                "precomp:" + hash,
                "precomp:general:" + hash,
                "response:general:" + hash,
                "http:/api?x=1",
                "counter:visits",
                "user_profile:" + hash,
                "conversation:1",
                "pred:m:nothex",
                "tier:c:x",
                "prog:other",
                "roi:p:x",
                "prompt:main:x",
                "emotional:c:x",
                "response:general:x",
                "pred:",
                "response:x")) {
            KeyMatch match = matcher.match((namespace + ":" + key).getBytes(UTF_8));
            assertThat(match).as(namespace + ":" + key).isInstanceOf(KeyMatch.Claimed.class);
            KeyMatch.Claimed claimed = (KeyMatch.Claimed) match;
            assertThat(claimed.region())
                    .as(namespace + ":" + key)
                    .isEqualTo(routes.routeOf(key).map(KeyRoutes.Route::region).orElse(routes.fallback()));
            assertThat(claimed.targetId())
                    .as(namespace + ":" + key)
                    .isEqualTo(routes.routeOf(key).map(route -> route.idOf(key)).orElse(key));
        }
    }

    private Translation translate(String key, byte[] value) {
        return translator.translate(new LegacyEntry(
                key.getBytes(UTF_8), "string", value, 60_000, Clock.systemUTC().instant()));
    }

    /** Writes payload bytes under the codec number that the translation names. */
    private static Codec<byte[]> asWritten(Translation.Entry entry) {
        return new Codec<>() {
            @Override
            public int id() {
                return entry.codec().number();
            }

            @Override
            public byte[] encode(byte[] value) {
                return value;
            }

            @Override
            public byte[] decode(byte[] payload, int writtenBy) {
                return payload;
            }
        };
    }

    private static byte[] value(JsonNode sample) {
        String text = sample.get("value").textValue();
        boolean encoded = sample.path("encoding").asText().equals("base64");
        return encoded ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8);
    }

    private static InputStream sampleFile() {
        return MigratedDataTest.class.getResourceAsStream("/services-sample-keys.json");
    }
}
