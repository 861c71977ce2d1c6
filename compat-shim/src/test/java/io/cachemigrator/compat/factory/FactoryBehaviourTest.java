package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.compat.factory.FactoryWorld.Setting;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers see is the same at every stage, and with every kind of target. */
@Tag("SHM-1")
@Tag("SHM-3")
class FactoryBehaviourTest {
    private static TestRedis redis;

    @TempDir
    Path folder;

    private FactoryWorld world;

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
        world = new FactoryWorld(redis, folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private TaggedStore store(Setting setting) {
        return world.open(world.options(setting)).store();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("factory-DEF-01")
    @DisplayName("values of every kind and size come back as they were")
    void put_valuesOfEveryKind_comeBack(Setting setting) {
        TaggedStore store = store(setting);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "Zoë 🚀");
        values.put("large", Map.of("result", "Umsätze 🚀 ".repeat(5_000)));
        values.put("number", 1.5);
        values.put("flag", false);
        values.put("list", List.of(1, List.of(), Map.of("a", "b")));
        values.put("ai_cache:op:qa|txt:Größe?", Map.of("answer", "42"));
        values.put("null", null);
        values.forEach((key, value) ->
                assertThat(store.put(key, value, WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.STORED));
        for (int round = 0; round < 2; round++) {
            values.forEach((key, value) -> {
                assertThat(store.lookup(key, Object.class)).as(key).isInstanceOf(Lookup.Present.class);
                assertThat(store.lookup(key, Object.class).valueOrNull())
                        .as(key)
                        .isEqualTo(value);
                assertThat(store.exists(key)).isEqualTo(WriteOutcome.STORED);
            });
        }
        Map<String, Lookup<Object>> all = store.lookupAll(List.copyOf(values.keySet()), Object.class);
        assertThat(all.keySet()).isEqualTo(values.keySet());
        all.forEach((key, found) -> assertThat(found.valueOrNull()).isEqualTo(values.get(key)));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("factory-DEF-30")
    @DisplayName("DEF-30: a stored null is a hit, absence is none")
    void lookup_nullAndAbsence_differ(Setting setting) {
        TaggedStore store = store(setting);
        store.put("null", null, WriteOptions.DEFAULTS);
        for (int round = 0; round < 2; round++) {
            assertThat(store.lookup("null", String.class).isPresent()).isTrue();
            assertThat(store.lookup("null", String.class).valueOrNull()).isNull();
            assertThat(store.lookup("absent", String.class)).isInstanceOf(Lookup.Absent.class);
        }
        assertThat(store.exists("absent")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("factory-DEF-22")
    @DisplayName("DEF-22: what a caller does to an object afterwards changes nothing that is cached")
    void lookup_callersObjects_areCopies(Setting setting) {
        TaggedStore store = store(setting);
        List<Object> mine = new ArrayList<>(List.of("a"));
        store.put("list", mine, WriteOptions.DEFAULTS);
        mine.add("b");
        for (int round = 0; round < 3; round++) {
            List<Object> found = new ArrayList<>(items(store));
            assertThat(found).containsExactly("a");
            items(store).add("changed by a reader");
        }
    }

    @SuppressWarnings("unchecked") // a list of what was put in
    private static List<Object> items(TaggedStore store) {
        return store.lookup("list", ArrayList.class).valueOrNull();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("entries live as long as they are told, else as the options say")
    void put_timesToLive_areKept(Setting setting) {
        TaggedStore store = world.open(world.options(setting).defaultTtl(Duration.ofMinutes(20)))
                .store();
        store.put("default", 1, WriteOptions.DEFAULTS);
        store.put("ai_cache:op:qa|txt:x", 1, WriteOptions.DEFAULTS);
        store.put("own", 1, WriteOptions.ttl(Duration.ofMinutes(3)));
        assertLives(store, "default", Duration.ofMinutes(20));
        assertLives(store, "ai_cache:op:qa|txt:x", Duration.ofMinutes(20));
        assertLives(store, "own", Duration.ofMinutes(3));
        assertThat(store.expire("own", Duration.ofMinutes(10))).isEqualTo(WriteOutcome.STORED);
        assertLives(store, "own", Duration.ofMinutes(10));
        assertThat(store.expire("own", Duration.ZERO)).isEqualTo(WriteOutcome.STORED);
        assertThat(store.lookup("own", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(store.expire("own", Duration.ofMinutes(1))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
    }

    private static void assertLives(TaggedStore store, String key, Duration ttl) {
        EntryState.Present<byte[]> state =
                (EntryState.Present<byte[]>) store.states(List.of(key)).get(key);
        assertThat(Duration.between(state.asOf(), state.deadline()))
                .as(key)
                .isBetween(ttl.minusMinutes(1), ttl.plusSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void put_conditions_areKept(Setting setting) {
        TaggedStore store = store(setting);
        assertThat(store.put("k", 1, WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(store.put("k", 1, WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(store.put("k", 2, WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(1);
        assertThat(store.put("k", 3, WriteOptions.ifPresent())).isEqualTo(WriteOutcome.STORED);
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(3);
        assertThat(store.delete("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(store.delete("k")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(store.lookup("k", Integer.class)).isInstanceOf(Lookup.Absent.class);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void putAll_oneThatCannotBeWritten_storesNone(Setting setting) {
        TaggedStore store = store(setting);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("web", 1);
        values.put("ai_cache:op:qa|txt:a", 2);
        values.put("ai_cache:op:sum|txt:a", 3);
        assertThat(store.putAll(values, WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.STORED);
        assertThat(store.lookupAll(values.keySet(), Integer.class).values().stream()
                        .map(Lookup::valueOrNull))
                .containsExactly(1, 2, 3);
        Map<String, Object> wrong = new LinkedHashMap<>(Map.of("ai_cache:op:qa|txt:b", 1));
        wrong.put("object", new Object());
        assertThatThrownBy(() -> store.putAll(wrong, WriteOptions.DEFAULTS)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> store.put("object", new Object(), WriteOptions.DEFAULTS))
                .isInstanceOf(ValidationException.class);
        assertThat(store.lookup("ai_cache:op:qa|txt:b", Integer.class)).isInstanceOf(Lookup.Absent.class);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void increment_numbers_countUp(Setting setting) {
        TaggedStore store = store(setting);
        store.put("n", 9_007_199_254_740_993L, WriteOptions.DEFAULTS);
        assertThat(store.increment("n", 2)).isEqualTo(new CounterResult.Counted(9_007_199_254_740_995L));
        assertThat(store.lookup("n", Long.class).valueOrNull()).isEqualTo(9_007_199_254_740_995L);
        assertThat(store.increment("new", -3)).isEqualTo(new CounterResult.Counted(-3));
        store.put("text", "x", WriteOptions.DEFAULTS);
        assertThat(store.increment("text", 1)).isInstanceOf(CounterResult.Refused.class);
        assertThat(store.lookup("text", String.class).valueOrNull()).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("factory-DEF-26")
    @DisplayName("DEF-26: of three operations one is removed, whoever stored the answers")
    void clearTag_oneOperation_removesItAlone(Setting setting) {
        TaggedStore store = store(setting);
        for (String operation : List.of("sum", "summarize", "qa")) {
            for (int i = 0; i < 3; i++) {
                store.put("ai_cache:op:" + operation + "|txt:" + i, i, WriteOptions.DEFAULTS);
            }
        }
        store.putAll(
                Map.of("ai_cache:op:sum|txt:x", 1, "web", 2, "ai_cache:op:qa|txt:x", 3),
                WriteOptions.DEFAULTS.withTags("mine"));
        assertThat(store.clearTag("ai_cache:", "operation:sum")).isEqualTo(new ClearOutcome(4, true));
        assertThat(store.entries("ai_cache:").keySet())
                .containsExactlyInAnyOrder(
                        "ai_cache:op:summarize|txt:0",
                        "ai_cache:op:summarize|txt:1",
                        "ai_cache:op:summarize|txt:2",
                        "ai_cache:op:qa|txt:0",
                        "ai_cache:op:qa|txt:1",
                        "ai_cache:op:qa|txt:2",
                        "ai_cache:op:qa|txt:x");
        assertThat(store.lookup("ai_cache:op:sum|txt:0", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(store.lookup("web", Integer.class).valueOrNull()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("answers are listed, and where so told cleared, apart from an application's own entries")
    void entriesAndClear_answersAndOthers_areApart(Setting setting) {
        TaggedStore store =
                world.open(world.options(setting), ClearScope.ANSWERS).store();
        store.put("web:1", 1, WriteOptions.DEFAULTS);
        store.put("other", 1, WriteOptions.DEFAULTS);
        store.put("ai_cache:0123456789abcdef0123456789abcdef", 1, WriteOptions.DEFAULTS);
        store.put("ai_cache:op:qa|txt:a", 1, WriteOptions.DEFAULTS);
        assertThat(store.entries("").keySet()).containsExactlyInAnyOrder("web:1", "other");
        assertThat(store.entries("web").keySet()).containsExactly("web:1");
        assertThat(store.entries("ai_cache:op:").keySet()).containsExactly("ai_cache:op:qa|txt:a");
        assertThat(store.entries("ai_cache:op:").get("ai_cache:op:qa|txt:a").tags())
                .containsExactly("operation:qa");
        assertThat(store.clear().complete()).isTrue();
        assertThat(store.entries("ai_cache:")).isEmpty();
        assertThat(store.lookup("ai_cache:op:qa|txt:a", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(store.lookup("web:1", Integer.class).valueOrNull()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void clear_everything_removesBoth(Setting setting) {
        TaggedStore store = store(setting);
        store.put("web:1", 1, WriteOptions.DEFAULTS);
        store.put("ai_cache:op:qa|txt:a", 1, WriteOptions.DEFAULTS);
        assertThat(store.clear().complete()).isTrue();
        assertThat(store.lookup("web:1", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(store.lookup("ai_cache:op:qa|txt:a", Integer.class)).isInstanceOf(Lookup.Absent.class);
        assertThat(store.entries("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void health_everySetting_isUp(Setting setting) {
        FactoryRuntime runtime = world.open(world.options(setting));
        assertThat(runtime.store().health().status()).isEqualTo(CacheHealth.Status.UP);
        assertThat(runtime.breaker().isOpen()).isFalse();
        assertThat(runtime.router().stage()).isEqualTo(setting.stage);
        assertThat(runtime.router().mirrorFailures()).isZero();
    }
}
