package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one layout is told of the other's changes, and what the regions of the target are like. */
@Tag("SHM-1")
@Tag("SHM-3")
class FactoryMirrorTest {
    private static final String ANSWER = "ai_cache:op:summarize|txt:Größe|opts:5104236b";

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

    private static TaggedStore target(LegacyOptionsBuilder options) {
        return KeyedStore.over(CacheService.open(FactoryTarget.config(options.build())), KeyRoutes.applications());
    }

    @Test
    @DisplayName("at DUAL_WRITE what is written is in the target as well, with its time to live and operation")
    void put_dualWrite_isInBothLayouts() {
        LegacyOptionsBuilder options = world.options(new Stage.DualWrite());
        TaggedStore store = world.open(options).store();
        Map<String, Object> large = Map.of("result", "ü".repeat(3_000));
        store.put(ANSWER, large, WriteOptions.ttl(Duration.ofMinutes(7)));
        store.put("session:1", null, WriteOptions.DEFAULTS);
        store.put("gone", 1, WriteOptions.DEFAULTS);
        store.delete("gone");
        assertThat(redis.raw().get(ANSWER.getBytes(StandardCharsets.UTF_8))).startsWith('c', 'o', 'm', 'p');
        assertThat(redis.raw().get("session:1")).isEqualTo("rawj:null");
        try (TaggedStore target = target(options)) {
            Lookup.Present<Object> answer = (Lookup.Present<Object>) target.lookup(ANSWER, Object.class);
            assertThat(answer.value()).isEqualTo(large);
            assertThat(Duration.between(world.clock.instant(), answer.deadline()))
                    .isBetween(Duration.ofMinutes(6), Duration.ofMinutes(7).plusSeconds(2));
            assertThat(target.entries("ai_cache:").get(ANSWER).tags()).containsExactly("operation:summarize");
            assertThat(target.lookup("session:1", Object.class).isPresent()).isTrue();
            assertThat(target.lookup("gone", Object.class)).isInstanceOf(Lookup.Absent.class);
            store.clearTag("ai_cache:", "operation:summarize");
            assertThat(target.lookup(ANSWER, Object.class)).isInstanceOf(Lookup.Absent.class);
        }
    }

    @Test
    @DisplayName(
            "at CONSOLIDATED the legacy layout is kept up to date in its own format, and clearing leaves the target alone")
    void put_consolidated_writesTheLegacyLayoutToo() {
        LegacyOptionsBuilder options = world.options(new Stage.Consolidated());
        TaggedStore store = world.open(options).store();
        store.put(ANSWER, Map.of("result", "x"), WriteOptions.ttl(Duration.ofMinutes(7)));
        store.put("large", "ü".repeat(3_000), WriteOptions.DEFAULTS);
        assertThat(redis.raw().get(ANSWER)).isEqualTo("rawj:{\"result\":\"x\"}");
        assertThat(redis.raw().pttl(ANSWER)).isBetween(360_000L, 420_000L);
        TaggedStore back =
                world.open(options.stage(StageSource.fixed(new Stage.Legacy()))).store();
        assertThat(back.lookup("large", String.class).valueOrNull()).isEqualTo("ü".repeat(3_000));
        store.clearTag("ai_cache:", "operation:summarize");
        assertThat(redis.raw().exists(ANSWER)).isFalse();
        back.clear();
        assertThat(redis.raw().exists("large")).isFalse();
        assertThat(store.lookup("large", String.class).valueOrNull())
                .as("the legacy layout's clearing takes no entry of the consolidated service on the same server")
                .isEqualTo("ü".repeat(3_000));
    }

    @Test
    @Tag("factory-DEF-01")
    @DisplayName("with a key no layout holds a value in the clear; without it nobody reads one")
    void put_encrypted_isEncryptedInBothLayouts() {
        LegacyOptionsBuilder options = world.options(new Stage.DualWrite()).encryptionKey(FactorySample.fernetKey());
        TaggedStore store = world.open(options).store();
        for (String size : List.of("small", "large")) {
            String secret = "confidential-".repeat(size.equals("small") ? 1 : 1_000);
            store.put(size, secret, WriteOptions.DEFAULTS);
            store.put("ai_cache:op:qa|txt:" + size, secret, WriteOptions.DEFAULTS);
            assertThat(store.lookup(size, String.class).valueOrNull()).isEqualTo(secret);
        }
        for (String key : redis.keys("*")) {
            if (redis.raw().type(key).equals("string")) {
                byte[] stored = redis.raw().get(key.getBytes(StandardCharsets.UTF_8));
                assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                        .as(key)
                        .doesNotContain("confidential");
            }
        }
        assertThat(redis.keys("cs:web:*")).isNotEmpty();
        try (TaggedStore target = target(options);
                TaggedStore without = target(world.options(new Stage.DualWrite()))) {
            assertThat(target.lookup("large", String.class).valueOrNull()).startsWith("confidential-");
            assertThat(without.lookup("large", String.class)).isInstanceOf(Lookup.Undecodable.class);
        }
    }

    @Test
    @Tag("factory-DEF-16")
    @DisplayName("DEF-16: while encryption is required, the target serves nothing that is plain; before, it does")
    void lookup_plainEntryOfTheTarget_isServedOnlyWhereAllowed() {
        try (TaggedStore plain = target(world.options(new Stage.Consolidated()))) {
            plain.put("k", "copied before", WriteOptions.DEFAULTS);
        }
        LegacyOptionsBuilder options = world.options(new Stage.Consolidated()).encryptionKey(FactorySample.fernetKey());
        assertThat(world.open(options).store().lookup("k", String.class).valueOrNull())
                .isEqualTo("copied before");
        assertThat(world.open(options.encryptionRequired(true)).store().lookup("k", String.class))
                .isInstanceOfSatisfying(
                        Lookup.Undecodable.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Lookup.Undecodable.Kind.NOT_ENCRYPTED));
    }

    @Test
    @DisplayName("an undecodable value is the same for every reader, and stays where it is")
    void lookup_undecodableInTheLegacyLayout_staysUndecodable() {
        TaggedStore store = world.open(world.options(new Stage.DualWrite())).store();
        redis.raw().set("broken", "rawj:{");
        assertThat(store.lookup("broken", Object.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(store.lookupAll(List.of("broken"), Object.class).get("broken"))
                .isInstanceOf(Lookup.Undecodable.class);
        assertThat(redis.raw().get("broken")).isEqualTo("rawj:{");
        store.put("broken", 1, WriteOptions.DEFAULTS);
        try (TaggedStore target = target(world.options(new Stage.DualWrite()))) {
            assertThat(target.lookup("broken", Integer.class).valueOrNull()).isEqualTo(1);
        }
    }
}
