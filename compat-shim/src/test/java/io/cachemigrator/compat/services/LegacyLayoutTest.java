package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The legacy layout to the byte, against entries as the original services wrote them. */
@Tag("SHM-1")
@Tag("SHM-3")
@SuppressWarnings({"removal", "unchecked"}) // the legacy classes are what is tested
class LegacyLayoutTest {
    /** Strings of the sample that hold no JSON; every other one must come back byte for byte. */
    private static final Set<String> NO_JSON = Set.of(
            "ngx:know:program:PRIME",
            "ngx:pickled:bytes",
            "ngx:pickled:set",
            "ngx:raw:emptybytes",
            "ngx:raw:gzip",
            "ngx:raw:plaintext",
            "unrelated:app:key");

    private TestRedis redis;
    private StageWorld world;
    private RedisCacheService cache;

    @BeforeEach
    void open() {
        redis = TestRedis.started();
        world = new StageWorld(redis, new Stage.Legacy());
        cache = world.service();
    }

    @AfterEach
    void close() {
        world.close();
        redis.close();
    }

    @Test
    @DisplayName("every JSON value of the originals is decoded and written again with the same bytes")
    void write_everyValueOfTheSample_hasTheOriginalsBytes() throws CodecException {
        int compared = 0;
        for (Sample sample : samples()) {
            if (sample.type().equals("string") && !NO_JSON.contains(sample.key())) {
                Object decoded = KeyedJson.read(sample.bytes(), Object.class);
                assertThat(new String(KeyedJson.write(decoded), UTF_8))
                        .as(sample.key())
                        .isEqualTo(new String(sample.bytes(), UTF_8));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(42);
    }

    @Test
    @DisplayName("the sample, loaded into Redis: what the original reader read is read, the rest is a decode error")
    void lookup_everyKeyOfTheSample_readsWhatTheOriginalRead() {
        List<String> undecodable = new ArrayList<>();
        int read = 0;
        for (Sample sample : samples()) {
            load(sample);
            if (sample.key().startsWith("ngx:")) {
                Lookup<Object> found = cache.lookup(sample.key().substring(4), Object.class);
                if (found instanceof Lookup.Undecodable) {
                    undecodable.add(sample.key());
                } else {
                    assertThat(found).as(sample.key()).isInstanceOf(Lookup.Present.class);
                    read++;
                }
            }
        }
        assertThat(undecodable)
                .containsExactlyInAnyOrder(
                        "ngx:know:program:PRIME",
                        "ngx:pickled:bytes",
                        "ngx:pickled:set",
                        "ngx:raw:emptybytes",
                        "ngx:raw:gzip",
                        "ngx:foreign:hash",
                        "ngx:foreign:list",
                        "ngx:tag:analytics",
                        "ngx:tag:user:42");
        assertThat(read).isEqualTo(42);
        assertThat(cache.get("raw:plaintext", String.class)).isEqualTo("hello world");
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
    }

    @Test
    void set_mapWithEveryKindOfValue_isWrittenInTheOriginalsDialect() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", "Ana Pérez \uD83D\uDE00");
        value.put("quote", "\"\\/\b\f\n\r\t\u0001\u007f");
        value.put("whole", 1.0);
        value.put("large", 1e22);
        value.put("small", 0.00001);
        value.put("plain", 123456789012345680.0);
        value.put("nan", List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        value.put("big", new java.math.BigInteger("1180591620717411303424"));
        value.put("none", null);
        value.put("empty", Map.of("m", Map.of(), "l", List.of()).get("l"));
        assertThat(cache.set("k", value)).isTrue();
        assertThat(redis.raw().get("ngx:k"))
                .isEqualTo("{\"name\": \"Ana P\\u00e9rez \\ud83d\\ude00\", "
                        + "\"quote\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\", \"whole\": 1.0, \"large\": 1e+22, "
                        + "\"small\": 1e-05, \"plain\": 1.2345678901234568e+17, "
                        + "\"nan\": [NaN, Infinity, -Infinity], \"big\": 1180591620717411303424, \"none\": null, "
                        + "\"empty\": []}");
        assertThat(cache.get("k", Map.class)).isEqualTo(value);
    }

    @Test
    @Tag("services-B-1")
    @DisplayName("B-1: counters are bare integers that go on counting")
    void increment_existingCounterOfTheOriginals_goesOn() {
        redis.raw().set("ngx:metr:a:b", "5");
        assertThat(cache.increment("metr:a:b")).hasValue(6);
        assertThat(redis.raw().get("ngx:metr:a:b")).isEqualTo("6");
    }

    @Test
    @Tag("services-A-8")
    @Tag("services-case-14")
    @DisplayName("case 14, A-8: a bulk read is one command, a bulk write one transaction")
    void bulkCalls_fourKeys_areOneRoundTripEach() {
        cache.setMany(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
        assertThat(redis.calls("exec")).isEqualTo(1);
        cache.getMany(List.of("a", "b", "c", "d"), Integer.class);
        assertThat(redis.calls("mget")).isEqualTo(1);
        assertThat(redis.calls("get")).isZero();
    }

    @Test
    @Tag("services-A-7")
    @DisplayName("A-7: existence is asked for without reading the value")
    void exists_largeValue_readsNoValue() {
        cache.set("k", "v");
        cache.exists("k");
        assertThat(redis.calls("exists")).isEqualTo(1);
        assertThat(redis.calls("get")).isZero();
        assertThat(cache.getStats().totalRequests()).isZero();
    }

    @Test
    @Tag("services-A-6")
    @DisplayName("A-6: expire does not rewrite the value")
    void expire_existingKey_writesNoValue() {
        cache.set("k", "v");
        cache.expire("k", Duration.ofSeconds(9));
        assertThat(redis.calls("set")).isEqualTo(1);
        assertThat(redis.calls("pexpire")).isEqualTo(1);
    }

    @Test
    @DisplayName("clearing scans; it never asks for all keys at once")
    void clearNamespace_manyKeys_scans() {
        cache.setMany(Map.of("a", 1, "b", 2));
        cache.clearNamespace();
        assertThat(redis.calls("keys")).isZero();
        assertThat(redis.calls("scan")).isPositive();
    }

    @Test
    @Tag("services-E-17")
    @DisplayName("E-17: a foreign type among the keys is left out")
    void getMany_foreignType_givesTheOthers() {
        redis.raw().hset("ngx:hash", "f", "v");
        cache.set("k", 1);
        assertThat(cache.getMany(List.of("hash", "k"), Integer.class)).isEqualTo(Map.of("k", 1));
    }

    private void load(Sample sample) {
        switch (sample.type()) {
            case "string" -> redis.raw().set(sample.key().getBytes(UTF_8), sample.bytes());
            case "hash" -> redis.raw().hset(sample.key(), "field1", "v1");
            case "list" -> redis.raw().rpush(sample.key(), "a");
            case "set" -> redis.raw().sadd(sample.key(), "a");
            default -> throw new AssertionError("no such type in the sample: " + sample.type());
        }
    }

    private static List<Sample> samples() {
        try (InputStream in = LegacyLayoutTest.class.getResourceAsStream("/services-sample-keys.json")) {
            return new ObjectMapper().readValue(in, new TypeReference<List<Sample>>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Sample(String key, String type, String value, long ttlSeconds, String encoding) {
        byte[] bytes() {
            return "base64".equals(encoding) ? Base64.getDecoder().decode(value) : value.getBytes(UTF_8);
        }
    }
}
