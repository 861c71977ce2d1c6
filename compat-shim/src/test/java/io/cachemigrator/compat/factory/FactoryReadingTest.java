package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the legacy layout gives of entries that others wrote. */
@Tag("SHM-1")
class FactoryReadingTest {
    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.raw().flushAll();
    }

    private static LegacyOptionsBuilder options() {
        return LegacyOptions.builder().redisUrl(redis.url());
    }

    private static FactoryLayout layout(LegacyOptionsBuilder options) {
        return new FactoryLayout(options.build(), ClearScope.EVERYTHING, List.of("cs:"));
    }

    @Test
    @DisplayName("every entry of the sample is read as what it is, or refused for what it is")
    void lookup_everyEntryOfTheSample_givesWhatItHolds() {
        List<FactorySample> samples = FactorySample.all();
        samples.forEach(sample -> sample.load(redis));
        int read = 0;
        List<String> refused = new ArrayList<>();
        try (FactoryLayout layout = layout(options().encryptionKey(FactorySample.fernetKey()))) {
            Map<String, Lookup<JsonNode>> together =
                    layout.lookupAll(samples.stream().map(FactorySample::key).toList(), JsonNode.class);
            for (FactorySample sample : samples) {
                Lookup<JsonNode> found = layout.lookup(sample.key(), JsonNode.class);
                if (found instanceof Lookup.Undecodable<JsonNode> undecodable) {
                    refused.add(sample.expected().path("error").asText() + " " + undecodable.reason());
                } else {
                    assertThat(found).as(sample.key()).isInstanceOf(Lookup.Present.class);
                    assertThat(found.valueOrNull())
                            .as(sample.key())
                            .isEqualTo(sample.expected().get("decoded"));
                    assertDeadline(layout, sample, (Lookup.Present<JsonNode>) found);
                    read++;
                }
                assertThat(together.get(sample.key())).as(sample.key()).hasSameClassAs(found);
                assertThat(together.get(sample.key()).valueOrNull()).isEqualTo(found.valueOrNull());
            }
        }
        assertThat(read).isEqualTo(31);
        assertThat(refused).hasSize(3);
        assertThat(refused.get(0)).startsWith("CORRUPT_ZLIB CORRUPT_ZLIB");
        assertThat(refused.subList(1, 3))
                .containsOnly("UNSUPPORTED_TYPE the key holds a type of Redis that is not text");
    }

    private static void assertDeadline(FactoryLayout layout, FactorySample sample, Lookup.Present<?> found) {
        if (sample.ttlSeconds() < 0) {
            assertThat(found.deadline()).as(sample.key()).isNull();
        } else {
            assertThat(Duration.between(layout.clock().instant(), found.deadline()))
                    .as(sample.key())
                    .isLessThanOrEqualTo(Duration.ofSeconds(sample.ttlSeconds()))
                    .isGreaterThan(Duration.ofSeconds(sample.ttlSeconds() - 60));
        }
    }

    @Test
    @DisplayName("sealed values without their key, and with another one, are refused, each for its reason")
    void lookup_sealedValues_needTheirKey() {
        FactorySample.all().forEach(sample -> sample.load(redis));
        try (FactoryLayout none = layout(options());
                FactoryLayout other = layout(options().encryptionKey(FactorySample.otherFernetKey()))) {
            assertThat(reason(none, "session:enc-1")).startsWith("KEY_MISSING: ");
            assertThat(reason(other, "session:enc-1")).startsWith("KEY_WRONG: ");
            assertThat(other.lookup("user:9:name", String.class).valueOrNull()).isEqualTo("Zoë");
        }
    }

    @Test
    @Tag("factory-DEF-14")
    @DisplayName("DEF-14: a pickle that wants a program run is refused, in every layout, and nothing is run")
    void lookup_hostilePickles_runNothing(@TempDir Path folder) {
        Path trace = folder.resolve("ran");
        String call = "\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093\u008c" + (char) ("touch " + trace).length()
                + "touch " + trace + "\u0085R.";
        redis.raw().set(bytes("bare"), call.getBytes(ISO_8859_1));
        redis.raw().set(bytes("raw"), ("raw:" + call).getBytes(ISO_8859_1));
        redis.raw().set(bytes("pick"), ("pick:" + call).getBytes(ISO_8859_1));
        redis.raw().set(bytes("class"), ("raw:" + call.replace("R.", "\u0081.")).getBytes(ISO_8859_1));
        try (FactoryLayout layout = layout(options())) {
            for (String key : List.of("bare", "raw", "pick", "class")) {
                assertThat(reason(layout, key)).as(key).startsWith("UNSAFE_PICKLE: ");
                assertThat(layout.states(List.of(key)).get(key)).as(key).isInstanceOf(EntryState.Unknown.class);
            }
        }
        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    @DisplayName("a compressed value that would fill the memory is refused")
    void lookup_bomb_isRefused() {
        redis.raw().set(bytes("bomb"), FactoryBytes.compressed(new byte[(64 << 20) + 1]));
        try (FactoryLayout layout = layout(options())) {
            assertThat(reason(layout, "bomb")).startsWith("TOO_LARGE: ");
        }
    }

    @Test
    @DisplayName("the type that is asked for must fit")
    void lookup_anotherType_isUndecodable() {
        redis.raw().set("k", "rawj:{\"a\":1}");
        try (FactoryLayout layout = layout(options())) {
            assertThat(layout.lookup("k", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
            assertThat(layout.lookup("none", Integer.class)).isInstanceOf(Lookup.Absent.class);
        }
    }

    @Test
    @Tag("factory-DEF-16")
    @DisplayName("DEF-16: where encryption is required, what anybody could have written is refused")
    void lookup_plainValueWhereEncryptionIsRequired_isNotServed() {
        redis.raw().set("plain", "rawj:1");
        redis.raw().set("framed", "{\"_serialized_data\": \"rawj:1\"}");
        LegacyOptionsBuilder key = options().encryptionKey(FactorySample.fernetKey());
        try (FactoryLayout required = layout(key.encryptionRequired(true));
                FactoryLayout tolerant = layout(key.encryptionRequired(false))) {
            for (String name : List.of("plain", "framed")) {
                assertThat(required.lookup(name, Integer.class))
                        .isInstanceOfSatisfying(
                                Lookup.Undecodable.class,
                                refused -> assertThat(refused.kind()).isEqualTo(Lookup.Undecodable.Kind.NOT_ENCRYPTED));
                assertThat(tolerant.lookup(name, Integer.class).valueOrNull()).isEqualTo(1);
            }
        }
    }

    private static String reason(FactoryLayout layout, String key) {
        return ((Lookup.Undecodable<Object>) layout.lookup(key, Object.class)).reason();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(UTF_8);
    }
}
