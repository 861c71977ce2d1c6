package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.stage.Mirrored;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** The legacy layout to the byte, on a real Redis. */
@Tag("SHM-1")
@Tag("SHM-3")
class FactoryLayoutTest {
    private static TestRedis redis;

    private FactoryLayout layout;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() {
        redis.raw().flushAll();
        redis.raw().sendCommand(Protocol.Command.CONFIG, "RESETSTAT");
        layout = layout(options(), ClearScope.EVERYTHING);
    }

    @AfterEach
    void close() {
        layout.close();
    }

    private static LegacyOptionsBuilder options() {
        return LegacyOptions.builder().redisUrl(redis.url());
    }

    private static FactoryLayout layout(LegacyOptionsBuilder options, ClearScope scope) {
        return new FactoryLayout(options.build(), scope, List.of("cs:"));
    }

    private static Map<String, Object> large() {
        return Map.of("result", "Umsätze 🚀 ".repeat(500));
    }

    @Test
    @DisplayName("small values are compact JSON in ASCII behind their marker")
    void put_smallValues_areCompactJson() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", "Zoë \uD83D\uDE80\u007f");
        value.put("list", List.of(1, 2.5, true));
        value.put("none", null);
        layout.put("session:1", value, WriteOptions.DEFAULTS);
        assertThat(redis.raw().get("session:1"))
                .isEqualTo("rawj:{\"name\":\"Zo\\u00eb \\ud83d\\ude80\\u007f\",\"list\":[1,2.5,true],\"none\":null}");
        assertThat(layout.lookup("session:1", Map.class).valueOrNull()).isEqualTo(value);
    }

    @Test
    @DisplayName("what is longer than the threshold is a compressed pickle, exactly from there on")
    void put_aroundTheThreshold_compressesWhatIsLonger() {
        layout.put("at", "x".repeat(998), WriteOptions.DEFAULTS);
        layout.put("beyond", "x".repeat(999), WriteOptions.DEFAULTS);
        assertThat(redis.raw().get("at")).startsWith("rawj:\"xxx").hasSize(1_005);
        byte[] stored = redis.raw().get(bytes("beyond"));
        assertThat(new String(stored, ISO_8859_1)).startsWith("compressed:x");
        byte[] pickle = FactoryBytes.content(stored);
        assertThat(Arrays.copyOf(pickle, 3)).containsExactly(0x80, 4, 0x95);
        assertThat(new String(pickle, ISO_8859_1)).contains("x".repeat(999)).endsWith(".");
        assertThat(layout.lookup("beyond", String.class).valueOrNull()).isEqualTo("x".repeat(999));
    }

    @Test
    void put_level_isTheOptions() {
        try (FactoryLayout fast = layout(options().compressionLevel(1), ClearScope.EVERYTHING)) {
            fast.put("fast", large(), WriteOptions.DEFAULTS);
        }
        layout.put("usual", large(), WriteOptions.DEFAULTS);
        // the second byte of zlib's header names the level's class
        assertThat(redis.raw().get(bytes("fast"))[12]).isEqualTo((byte) 0x01);
        assertThat(redis.raw().get(bytes("usual"))[12]).isEqualTo((byte) 0x9c);
    }

    @Test
    void put_withoutCompression_isJsonOfAnySize() {
        try (FactoryLayout plain = layout(options().enableCompression(false), ClearScope.EVERYTHING)) {
            plain.put("k", large(), WriteOptions.DEFAULTS);
            assertThat(redis.raw().get("k")).startsWith("rawj:{");
            assertThat(plain.lookup("k", Map.class).valueOrNull()).isEqualTo(large());
        }
    }

    @Test
    @DisplayName("what a pickle would not give back stays JSON, whatever its size")
    void put_largeValueThatNoPickleHolds_staysJson() {
        Object deep = "end";
        for (int i = 0; i < 100; i++) {
            deep = List.of(deep, "x".repeat(20));
        }
        layout.put("deep", deep, WriteOptions.DEFAULTS);
        assertThat(redis.raw().get("deep")).startsWith("rawj:[[[");
        assertThat(layout.lookup("deep", Object.class).valueOrNull()).isEqualTo(deep);
    }

    @Test
    @Tag("factory-DEF-01")
    @DisplayName("DEF-01: large values come back from another instance, compressed as well as encrypted")
    void put_largeValues_comeBackFromAnotherInstance() {
        LegacyOptionsBuilder sealing = options().encryptionKey(FactorySample.fernetKey());
        try (FactoryLayout writer = layout(sealing, ClearScope.EVERYTHING);
                FactoryLayout reader = layout(sealing, ClearScope.EVERYTHING)) {
            writer.put("sealed", large(), WriteOptions.DEFAULTS);
            layout.put("plain", large(), WriteOptions.DEFAULTS);
            assertThat(redis.raw().get("sealed")).startsWith("gAAAAA").doesNotContain("rawj", "Ums");
            assertThat(reader.lookup("sealed", Map.class).valueOrNull()).isEqualTo(large());
            assertThat(reader.lookup("plain", Map.class).valueOrNull()).isEqualTo(large());
            assertThat(layout.lookup("sealed", Map.class)).isInstanceOf(Lookup.Undecodable.class);
        }
    }

    @Test
    @Tag("factory-DEF-30")
    @DisplayName("DEF-30: a stored null is a hit, and told from nothing")
    void put_null_isAHit() {
        layout.put("none", null, WriteOptions.DEFAULTS);
        assertThat(redis.raw().get("none")).isEqualTo("rawj:null");
        assertThat(layout.lookup("none", Object.class)).isInstanceOfSatisfying(Lookup.Present.class, present -> {
            assertThat(present.value()).isNull();
            assertThat(present.deadline()).isNotNull();
        });
        assertThat(layout.lookup("absent", Object.class)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @DisplayName("every write has a time to live, the default where none is given")
    void put_timeToLive_isAlwaysSet() {
        try (FactoryLayout brief = layout(options().defaultTtl(Duration.ofSeconds(90)), ClearScope.EVERYTHING)) {
            brief.put("default", 1, WriteOptions.DEFAULTS);
            brief.put("own", 1, WriteOptions.ttl(Duration.ofMillis(50_500)));
            brief.put("for ever", 1, WriteOptions.ttl(WriteOptions.NO_EXPIRY));
            brief.putAll(Map.of("many", 1), WriteOptions.DEFAULTS);
            assertThat(redis.raw().pttl("default")).isBetween(60_000L, 90_000L);
            assertThat(redis.raw().pttl("own")).isBetween(20_000L, 50_500L);
            assertThat(redis.raw().pttl("for ever")).isEqualTo(-1);
            assertThat(redis.raw().pttl("many")).isBetween(60_000L, 90_000L);
            assertThat(brief.expire("own", Duration.ofHours(1))).isEqualTo(WriteOutcome.STORED);
            assertThat(redis.raw().pttl("own")).isGreaterThan(3_000_000);
            assertThat(brief.expire("own", Duration.ZERO)).isEqualTo(WriteOutcome.STORED);
            assertThat(brief.exists("own")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
            assertThat(brief.expire("own", Duration.ofHours(1))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        }
    }

    @Test
    void put_conditions_areKept() {
        assertThat(layout.put("k", 1, WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(layout.put("k", 1, WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(layout.put("k", 2, WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(layout.put("k", 3, WriteOptions.ifPresent())).isEqualTo(WriteOutcome.STORED);
        assertThat(layout.lookup("k", Integer.class).valueOrNull()).isEqualTo(3);
        assertThat(layout.exists("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(layout.delete("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(layout.delete("k")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
    }

    @Test
    @DisplayName("a counter is a JSON number, exact to 64 bits; what is none is refused and stays")
    void increment_numbers_areExact() {
        redis.raw().setex("legacy", 500, "rawj:9007199254740993");
        redis.raw().set("bare", "-5");
        assertThat(layout.increment("legacy", 2)).isEqualTo(new CounterResult.Counted(9007199254740995L));
        assertThat(redis.raw().get("legacy")).isEqualTo("rawj:9007199254740995");
        assertThat(redis.raw().ttl("legacy")).isBetween(400L, 500L);
        assertThat(layout.increment("bare", 7)).isEqualTo(new CounterResult.Counted(2));
        assertThat(redis.raw().get("bare")).isEqualTo("2");
        assertThat(layout.increment("new", -3)).isEqualTo(new CounterResult.Counted(-3));
        assertThat(redis.raw().get("new")).isEqualTo("rawj:-3");
        assertThat(layout.lookup("new", Integer.class).valueOrNull()).isEqualTo(-3);
    }

    @Test
    void increment_whatIsNoCounter_isRefusedAndStays() {
        redis.raw().set("real", "rawj:1.5");
        redis.raw().set("most", "rawj:9223372036854775807");
        redis.raw().set("zeros", "rawj:007");
        redis.raw().set(bytes("pickle"), "raw:\u0080\u0004K\u0001.".getBytes(ISO_8859_1));
        redis.raw().hset("hash", "f", "1");
        for (String key : List.of("real", "most", "zeros", "pickle", "hash")) {
            byte[] before = key.equals("hash") ? null : redis.raw().get(bytes(key));
            assertThat(layout.increment(key, 1)).as(key).isInstanceOf(CounterResult.Refused.class);
            assertThat(before == null ? null : redis.raw().get(bytes(key)))
                    .as(key)
                    .isEqualTo(before);
        }
        try (FactoryLayout sealing =
                layout(options().encryptionKey(FactorySample.fernetKey()), ClearScope.EVERYTHING)) {
            assertThat(sealing.increment("real", 1)).isInstanceOf(CounterResult.Refused.class);
        }
    }

    @Test
    @Tag("factory-DEF-26")
    @DisplayName("DEF-26: of three operations one is removed, and not those that its name begins")
    void clearTag_operation_isTheWholeName() {
        String summarize = "ai_cache:op:summarize|txt:a";
        redis.raw().set("ai_cache:op:sum|txt:a", "rawj:1");
        redis.raw().set("ai_cache:op:sum|txt:hash:0123456789abcdef|opts:01234567|q:89abcdef", "rawj:1");
        redis.raw().set(summarize, "rawj:1");
        redis.raw().set("ai_cache:op:s*|txt:a", "rawj:1");
        redis.raw().set("op:sum|txt:a", "rawj:1");
        assertThat(layout.keysOf("operation:summarize")).containsExactly(summarize);
        assertThat(layout.clearTag("ai_cache:", "operation:sum")).isEqualTo(new ClearOutcome(2, true));
        assertThat(layout.clearTag("ai_cache:", "operation:s*")).isEqualTo(new ClearOutcome(1, true));
        assertThat(redis.keys("*")).containsExactlyInAnyOrder(summarize, "op:sum|txt:a");
        assertThat(layout.clearTag("web:", "operation:summarize")).isEqualTo(new ClearOutcome(0, true));
        assertThat(layout.clearTag("ai_cache:", "user:1")).isEqualTo(new ClearOutcome(0, true));
        assertThat(layout.keysOf("user:1")).isEmpty();
    }

    @Test
    @DisplayName("clearing removes what this cache could have written, step by step, and nothing of others")
    void clear_eitherScope_leavesWhatIsOthers() {
        byte[] binary = {(byte) 0xff, (byte) 0xfe, 'k'};
        redis.raw().set(binary, bytes("x"));
        redis.raw().hset("rate:ip", "count", "1");
        redis.raw().set("cs:web:k", "of the consolidated service");
        redis.raw().set("cs", "rawj:1");
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 350; i++) {
            many.put("web:" + i, i);
            many.put("ai_cache:op:qa|txt:" + i, i);
        }
        layout.putAll(many, WriteOptions.DEFAULTS);
        try (FactoryLayout answers = layout(options(), ClearScope.ANSWERS)) {
            assertThat(answers.clear()).isEqualTo(new ClearOutcome(350, true));
            assertThat(redis.raw().exists("web:0", "web:349")).isEqualTo(2);
        }
        assertThat(layout.clear()).isEqualTo(new ClearOutcome(352, true));
        assertThat(redis.keys("*")).containsExactlyInAnyOrder("rate:ip", "cs:web:k");
        assertThat(redis.calls("keys")).isZero();
        assertThat(redis.calls("unlink")).isGreaterThan(7);
        assertThat(redis.calls("del")).isZero();
    }

    @Test
    @DisplayName(
            "entries are found by the start of their keys, which is no pattern; names that are no text are left out")
    void entries_anyPrefix_isTakenLiterally() {
        redis.raw().set(new byte[] {'a', '*', (byte) 0xff}, bytes("x"));
        redis.raw().set("a*1", "rawj:12");
        redis.raw().set("a[1", "rawj:12");
        redis.raw().set("ab1", "rawj:12");
        redis.raw().set("a\\1", "rawj:12");
        redis.raw().set("ai_cache:op:qa|txt:x", "rawj:123");
        redis.raw().set("ai_cache:0123", "{}");
        redis.raw().lpush("a*list", "x");
        redis.raw().set("cs:web:k", "x");
        TaggedStore.Stored plain = new TaggedStore.Stored(7, List.of());
        assertThat(layout.entries("a*")).isEqualTo(Map.of("a*1", plain));
        assertThat(layout.entries("a[")).isEqualTo(Map.of("a[1", plain));
        assertThat(layout.entries("a\\")).isEqualTo(Map.of("a\\1", plain));
        assertThat(layout.entries("").keySet()).isEqualTo(Set.of("a*1", "a[1", "ab1", "a\\1"));
        assertThat(layout.entries("ai_cache:"))
                .isEqualTo(Map.of(
                        "ai_cache:op:qa|txt:x",
                        new TaggedStore.Stored(8, List.of("operation:qa")),
                        "ai_cache:0123",
                        new TaggedStore.Stored(2, List.of())));
    }

    @Test
    @DisplayName("a state is JSON with its time, deadline and operation; what cannot be read is not known")
    void states_anyEntries_tellWhatIsThere() {
        String answer = "ai_cache:op:key_points|txt:x|opts:01234567";
        layout.put(answer, large(), WriteOptions.ttl(Duration.ofMinutes(5)));
        redis.raw().set("stays", "rawj:null");
        redis.raw().set("broken", "rawj:{");
        redis.raw().sadd("set", "x");
        Map<String, EntryState<byte[]>> states =
                layout.states(List.of(answer, "stays", "broken", "set", "absent", answer));
        assertThat(states).hasSize(5);
        EntryState.Present<byte[]> present = (EntryState.Present<byte[]>) states.get(answer);
        assertThat(present.tags()).containsExactly("operation:key_points");
        assertThat(new String(present.value(), UTF_8)).startsWith("{\"result\": \"Ums\\u00e4tze");
        assertThat(Duration.between(present.asOf(), present.deadline()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(((EntryState.Present<byte[]>) states.get("stays")).deadline())
                .isNull();
        assertThat(states.get("absent")).isInstanceOf(EntryState.Absent.class);
        assertThat(states.get("broken")).isInstanceOf(EntryState.Unknown.class);
        assertThat(states.get("set")).isInstanceOf(EntryState.Unknown.class);
    }

    @Test
    @DisplayName("what a mirror hands over is written as the legacy caches write it")
    void applyAll_statesOfTheOtherLayout_areWrittenAsLegacyValues() {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(3));
        Instant now = Instant.now();
        redis.raw().set("gone", "rawj:1");
        Map<String, WriteOutcome> outcomes = layout.applyAll(Map.of(
                "small", new EntryState.Present<>(bytes("{\"a\": \"é\"}"), now, deadline),
                "null", new EntryState.Present<>(null, now, null),
                "large", new EntryState.Present<>(bytes("\"" + "é".repeat(2_000) + "\""), now, deadline),
                "no JSON", new EntryState.Present<>(bytes("raw:\u0004"), now, deadline),
                "gone", new EntryState.Absent<>(now)));
        assertThat(outcomes).hasSize(5).containsValue(WriteOutcome.STORED);
        assertThat(Set.copyOf(outcomes.values())).hasSize(1);
        assertThat(redis.raw().get("small")).isEqualTo("rawj:{\"a\":\"\\u00e9\"}");
        assertThat(redis.raw().pttl("small")).isBetween(60_000L, 180_000L);
        assertThat(redis.raw().get("null")).isEqualTo("rawj:null");
        assertThat(redis.raw().pttl("null")).isEqualTo(-1);
        assertThat(layout.lookup("large", String.class).valueOrNull()).isEqualTo("é".repeat(2_000));
        assertThat(new String(redis.raw().get(bytes("large")), ISO_8859_1)).startsWith("compressed:");
        assertThat(redis.raw().get("no JSON"))
                .as("no reader takes it for a pickle")
                .isEqualTo("rawj:raw:\u0004");
        assertThat(redis.raw().exists("gone")).isFalse();
    }

    @Test
    @DisplayName("a state replaces the one that was seen, and not one that came after it")
    void replace_changedMeanwhile_keepsTheNewerOne() {
        layout.put("k", large(), WriteOptions.ttl(Duration.ofMinutes(5)));
        EntryState<byte[]> seen = layout.states(List.of("k")).get("k");
        EntryState<byte[]> wanted = new EntryState.Present<>(bytes("2"), Instant.now(), null);
        layout.put("k", 1, WriteOptions.ttl(Duration.ofMinutes(5)));
        assertThat(layout.replace("k", seen, wanted)).isFalse();
        assertThat(layout.lookup("k", Integer.class).valueOrNull()).isEqualTo(1);
        EntryState<byte[]> now = layout.states(List.of("k")).get("k");
        assertThat(layout.replace("k", now, wanted)).isTrue();
        assertThat(redis.raw().get("k")).isEqualTo("rawj:2");
        assertThat(layout.replace("k", wanted, new EntryState.Absent<>(Instant.now())))
                .isTrue();
        assertThat(layout.replace("k", wanted, wanted)).isFalse();
        assertThat(Mirrored.isSame(layout.states(List.of("k")).get("k"), new EntryState.Absent<>(Instant.now())))
                .isTrue();
    }

    @Test
    void lookupAll_severalKeys_isOneRoundTrip() {
        layout.putAll(Map.of("a", 1, "b", 2), WriteOptions.DEFAULTS);
        Map<String, Lookup<JsonNode>> found = layout.lookupAll(List.of("a", "b", "c", "a"), JsonNode.class);
        assertThat(found).hasSize(3);
        assertThat(found.get("c")).isInstanceOf(Lookup.Absent.class);
        assertThat(redis.calls("exec")).isEqualTo(1);
        assertThat(layout.lookupAll(List.of(), JsonNode.class)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
