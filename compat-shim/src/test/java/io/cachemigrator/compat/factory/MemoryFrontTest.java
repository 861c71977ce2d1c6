package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries in this process, in front of a real Redis that others change. */
@Tag("SHM-1")
class MemoryFrontTest {
    @TempDir
    Path folder;

    private TestRedis redis;
    private FactoryWorld world;

    @BeforeEach
    void open() {
        redis = TestRedis.started();
        world = new FactoryWorld(redis, folder);
    }

    @AfterEach
    void close() {
        world.close();
        redis.close();
    }

    private FactoryRuntime legacy() {
        return world.open(world.options(new Stage.Legacy()));
    }

    @Test
    @Tag("factory-DEF-05")
    @DisplayName("DEF-05: a copy in memory ends with the entry, not with the default time to live")
    void lookup_entryWithThirtySecondsLeft_isKeptForThirtySeconds() {
        TaggedStore store = legacy().store();
        redis.raw().setex("k", 30, "rawj:1");
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(1);
        redis.raw().setex("k", 300, "rawj:2");
        world.clock.pass(Duration.ofSeconds(28));
        assertThat(store.lookup("k", Integer.class).valueOrNull())
                .as("answered here")
                .isEqualTo(1);
        redis.raw().del("k");
        world.clock.pass(Duration.ofSeconds(3));
        assertThat(store.lookup("k", Integer.class)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("factory-DEF-05")
    @DisplayName("DEF-05: an entry that lives longer, or for ever, is kept here for the default time")
    void lookup_entryThatStays_isKeptForTheDefault() {
        TaggedStore store = world.open(world.options(new Stage.Legacy()).defaultTtl(Duration.ofMinutes(1)))
                .store();
        redis.raw().set("k", "rawj:1");
        assertThat(store.lookup("k", Integer.class)).isInstanceOfSatisfying(Lookup.Present.class, present -> {
            assertThat(present.value()).isEqualTo(1);
            assertThat(present.deadline()).as("that of the entry").isNull();
        });
        redis.raw().set("k", "rawj:2");
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(1);
        world.clock.pass(Duration.ofSeconds(61));
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(2);
    }

    @Test
    @Tag("factory-DEF-34")
    @DisplayName("DEF-34: after a write that failed the old value is not served")
    void put_redisStopped_dropsTheOldValue() {
        FactoryRuntime runtime = legacy();
        TaggedStore store = runtime.store();
        store.put("k", "old", WriteOptions.DEFAULTS);
        store.put("other", "kept", WriteOptions.DEFAULTS);
        redis.stop();
        assertThat(store.lookup("k", String.class).valueOrNull())
                .as("what is here is served without the server")
                .isEqualTo("old");
        assertThat(store.put("k", "new", WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(store.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(store.lookup("other", String.class).valueOrNull()).isEqualTo("kept");
        assertThat(runtime.kept()).containsOnlyKeys("other");
    }

    @Test
    @Tag("factory-DEF-34")
    @DisplayName("DEF-34: every other change drops what it changes, made or not")
    void changes_ofAnyKind_dropWhatTheyChange() {
        FactoryRuntime runtime = legacy();
        TaggedStore store = runtime.store();
        Map<String, Object> all = Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "ai_cache:op:qa|txt:x", 6);
        all.forEach((key, value) -> store.put(key, value, WriteOptions.DEFAULTS));
        assertThat(runtime.kept()).hasSize(6);
        assertThat(new String(runtime.kept().get("a"), UTF_8)).isEqualTo("1");
        assertThat(store.put("a", 9, WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        store.delete("b");
        store.expire("c", Duration.ofSeconds(5));
        store.increment("d", 1);
        store.applyAll(Map.of("e", new EntryState.Absent<>(Instant.now())));
        assertThat(runtime.kept()).containsOnlyKeys("ai_cache:op:qa|txt:x");
        store.clearTag("ai_cache:", "operation:qa");
        assertThat(runtime.kept()).isEmpty();
        assertThat(store.lookup("a", Integer.class).valueOrNull()).isEqualTo(1);
        assertThat(store.lookup("d", Integer.class).valueOrNull()).isEqualTo(5);
        store.putAll(Map.of("a", 7), WriteOptions.DEFAULTS);
        assertThat(runtime.kept()).containsOnlyKeys("d");
        store.clear();
        assertThat(runtime.kept()).isEmpty();
    }

    @Test
    void lookup_keptEntry_asksNoServer() {
        TaggedStore store = legacy().store();
        store.put("k", Map.of("a", "ü"), WriteOptions.DEFAULTS);
        store.put("null", null, WriteOptions.DEFAULTS);
        long before = redis.calls("eval");
        for (int i = 0; i < 10; i++) {
            assertThat(store.lookup("k", Map.class).valueOrNull()).isEqualTo(Map.of("a", "ü"));
            assertThat(store.lookup("null", Map.class).isPresent()).isTrue();
            assertThat(store.lookupAll(List.of("k", "null"), Object.class).values())
                    .allMatch(Lookup::isPresent);
        }
        assertThat(store.lookup("k", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(redis.calls("eval")).isEqualTo(before);
        assertThat(store.lookupAll(List.of("k", "absent"), Map.class).get("absent"))
                .isInstanceOf(Lookup.Absent.class);
        assertThat(redis.calls("eval")).isEqualTo(before + 1);
    }

    @Test
    void lookup_withoutFirstLevel_asksTheServerEachTime() {
        for (LegacyOptionsBuilder options : List.of(
                world.options(new Stage.Legacy()).enableL1Cache(false),
                world.options(new Stage.Legacy()).l1CacheSize(0))) {
            FactoryRuntime runtime = world.open(options);
            runtime.store().put("k", 1, WriteOptions.DEFAULTS);
            redis.raw().set("k", "rawj:2");
            assertThat(runtime.store().lookup("k", Integer.class).valueOrNull()).isEqualTo(2);
            assertThat(runtime.kept()).isEmpty();
        }
    }

    @Test
    @DisplayName("a value that cannot be read is not kept, and may be mended")
    void lookup_undecodable_isNotKept() {
        FactoryRuntime runtime = legacy();
        redis.raw().set("k", "rawj:{");
        assertThat(runtime.store().lookup("k", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(runtime.kept()).isEmpty();
        redis.raw().set("k", "rawj:1");
        assertThat(runtime.store().lookup("k", Integer.class).valueOrNull()).isEqualTo(1);
    }

    @Test
    @DisplayName("at other stages nothing is kept, and who comes back finds nothing from before")
    void lookup_stageLeftAndCameBack_beginsAnew() {
        AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Legacy());
        FactoryRuntime runtime = world.open(world.options(new Stage.Legacy()).stage(stage::get));
        TaggedStore store = runtime.store();
        store.put("k", 1, WriteOptions.DEFAULTS);
        assertThat(runtime.kept()).containsOnlyKeys("k");
        stage.set(new Stage.DualWrite());
        redis.raw().set("k", "rawj:2");
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(2);
        assertThat(store.lookupAll(List.of("k"), Integer.class).get("k").valueOrNull())
                .isEqualTo(2);
        store.put("other", 1, WriteOptions.DEFAULTS);
        assertThat(runtime.kept()).isEmpty();
        stage.set(new Stage.Legacy());
        redis.raw().set("other", "rawj:3");
        assertThat(store.lookup("k", Integer.class).valueOrNull()).isEqualTo(2);
        assertThat(store.lookup("other", Integer.class).valueOrNull()).isEqualTo(3);
        assertThat(runtime.kept()).containsOnlyKeys("k", "other");
    }

    @Test
    @Tag("factory-DEF-34")
    @DisplayName("whoever reads while others write keeps nothing older than what the store has in the end")
    void lookup_whileOthersWrite_keepsNothingOlder() throws Exception {
        FactoryRuntime runtime = legacy();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 30; round++) {
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int value = round * 4 + i;
                calls.add(() -> runtime.store().put("k", value, WriteOptions.DEFAULTS));
                calls.add(() -> runtime.store().lookup("k", Integer.class));
            }
            for (Future<Object> call : threads.invokeAll(calls)) {
                call.get();
            }
            Map<String, byte[]> kept = runtime.kept();
            if (kept.containsKey("k")) {
                assertThat("rawj:" + new String(kept.get("k"), UTF_8))
                        .isEqualTo(redis.raw().get("k"));
            }
            assertThat("rawj:" + runtime.store().lookup("k", Integer.class).valueOrNull())
                    .isEqualTo(redis.raw().get("k"));
        }
        threads.shutdown();
        assertThat(runtime.kept()).as("kept again once it is quiet").containsOnlyKeys("k");
    }
}
