package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every caller of the legacy service sees, whatever the stage. */
@Tag("SHM-1")
@Tag("SHM-3")
@SuppressWarnings({"removal", "unchecked", "rawtypes"}) // the legacy classes are what is tested
abstract class RedisCacheServiceContract {
    private static TestRedis redis;

    private StageWorld world;
    private RedisCacheService cache;

    abstract Stage stage();

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
        world = new StageWorld(redis, stage());
        cache = world.service();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("services-A-1")
    @Tag("services-case-1")
    @Tag("services-G-7")
    @DisplayName("case 1, A-1: one namespace, one hour")
    void set_withoutTtl_isKeptUnderOneKeyForAnHour() {
        assertThat(cache.set("k", Map.of("a", 1))).isTrue();
        assertThat(cache.get("k", Map.class)).isEqualTo(Map.of("a", 1));
        assertThat(redis.raw().exists(world.rawKey("k"))).isTrue();
        assertThat(redis.keys("*ngx:ngx:*")).isEmpty();
        assertThat(world.pttl("k")).isBetween(3_500_000L, 3_600_000L);
    }

    @Test
    @Tag("services-case-2")
    @DisplayName("case 2: a zero time to live means the default")
    void set_zeroTtl_takesTheDefault() {
        cache.set("k", 1, Duration.ZERO);
        cache.set("o", 1, SetOptions.ttl(Duration.ZERO));
        cache.setMany(Map.of("m", 1), Duration.ZERO);
        assertThat(List.of(world.pttl("k"), world.pttl("o"), world.pttl("m")))
                .allSatisfy(ttl -> assertThat(ttl).isBetween(3_500_000L, 3_600_000L));
    }

    @Test
    @Tag("services-case-3")
    @DisplayName("case 3: a negative time to live is the caller's fault, not the server's")
    void set_negativeTtl_isAnArgumentError() {
        Duration negative = Duration.ofSeconds(-1);
        assertThatThrownBy(() -> cache.set("k", 1, negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SetOptions.ttl(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cache.setMany(Map.of("k", 1), negative)).isInstanceOf(IllegalArgumentException.class);
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.getStats().failureCount()).isZero();
    }

    @Test
    @Tag("services-A-2")
    @Tag("services-case-4")
    @DisplayName("case 4, A-2: nx keeps what is there")
    void set_nxOnExistingKey_isFalseAndKeepsTheValue() {
        assertThat(cache.set("k", "old", SetOptions.ifAbsent())).isTrue();
        assertThat(cache.set("k", "new", SetOptions.ifAbsent())).isFalse();
        assertThat(cache.get("k", String.class)).isEqualTo("old");
    }

    @Test
    @Tag("services-A-2")
    @Tag("services-case-5")
    @DisplayName("case 5, A-2: xx makes no key")
    void set_xxOnMissingKey_isFalseAndMakesNone() {
        assertThat(cache.set("k", "v", SetOptions.ifPresent())).isFalse();
        assertThat(cache.exists("k")).isFalse();
        cache.set("k", "v");
        assertThat(cache.set("k", "w", SetOptions.ifPresent().withTtl(Duration.ofMinutes(1))))
                .isTrue();
        assertThat(cache.get("k", String.class)).isEqualTo("w");
        assertThat(world.pttl("k")).isBetween(50_000L, 60_000L);
    }

    @Test
    @Tag("services-case-6")
    @DisplayName("case 6: nx and xx exclude each other")
    void set_nxAndXx_isAnArgumentError() {
        assertThatThrownBy(() -> new SetOptions(null, true, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nx and xx");
    }

    @Test
    @Tag("services-A-7")
    @Tag("services-A-14")
    @Tag("services-case-7")
    @DisplayName("case 7, A-7, A-14: a stored null is a value")
    void get_storedNull_isNullAndNotTheDefault() {
        assertThat(cache.set("k", null)).isTrue();
        assertThat(cache.get("k", String.class, "default")).isNull();
        assertThat(cache.exists("k")).isTrue();
        assertThat(cache.lookup("k", String.class)).isInstanceOf(Lookup.Present.class);
        assertThat(cache.getStats().hits()).isEqualTo(2);
        assertThat(cache.get("none", String.class, "default")).isEqualTo("default");
    }

    @Test
    @Tag("services-A-16")
    @DisplayName("A-16: the second argument of get is a default, never a prefix")
    void get_missingKeyWithDefault_givesTheDefault() {
        assertThat(cache.get("k", String.class, "d")).isEqualTo("d");
        cache.set("k", "v");
        assertThat(cache.get("k", String.class, "d")).isEqualTo("v");
    }

    @Test
    @Tag("services-case-8")
    @DisplayName("case 8: a counter is an integer, an integer is a counter")
    void get_rawInteger_isAnIntegerThatCanBeIncremented() {
        cache.set("n", 5);
        assertThat(cache.get("n", Integer.class)).isEqualTo(5);
        assertThat(cache.increment("n", 2)).hasValue(7);
        assertThat(cache.get("n", Long.class)).isEqualTo(7L);
    }

    @Test
    @Tag("services-A-4")
    @Tag("services-case-9")
    @Tag("services-case-10")
    @DisplayName("cases 9 and 10, A-4: a counter gets no time to live and keeps the one it has")
    void increment_freshAndExpiring_leavesTheDeadlineAlone() {
        assertThat(cache.increment("fresh", 3)).hasValue(3);
        assertThat(world.pttl("fresh")).isEqualTo(-1);
        cache.increment("old");
        assertThat(cache.expire("old", Duration.ofSeconds(100))).isTrue();
        assertThat(cache.increment("old")).hasValue(2);
        assertThat(world.pttl("old")).isBetween(1L, 100_000L);
    }

    @Test
    @Tag("services-A-5")
    @Tag("services-case-11")
    @Tag("services-case-12")
    @DisplayName("cases 11 and 12, A-5: what is no 64-bit integer is not counted")
    void increment_textFractionOrOverflow_isEmptyAndChangesNothing() {
        cache.set("text", "abc");
        cache.set("fraction", 1.5);
        cache.set("max", Long.MAX_VALUE);
        assertThat(cache.increment("text")).isEmpty();
        assertThat(cache.increment("fraction")).isEmpty();
        assertThat(cache.increment("max")).isEmpty();
        assertThat(cache.get("text", String.class)).isEqualTo("abc");
        assertThat(cache.get("fraction", Double.class)).isEqualTo(1.5);
        assertThat(cache.get("max", Long.class)).isEqualTo(Long.MAX_VALUE);
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
        assertThat(cache.getStats().errors()).isEqualTo(3);
    }

    @Test
    @Tag("services-A-3")
    @Tag("services-case-13")
    @DisplayName("case 13, A-3: increments of many clients add up")
    void increment_manyClients_losesNone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        RedisCacheService other = world.service();
        List<Callable<OptionalLong>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RedisCacheService client = i % 2 == 0 ? cache : other;
            calls.add(() -> {
                OptionalLong last = OptionalLong.empty();
                for (int n = 0; n < 500; n++) {
                    last = client.increment("visits");
                }
                return last;
            });
        }
        threads.invokeAll(calls);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cache.get("visits", Long.class)).isEqualTo(10_000L);
    }

    @Test
    void decrement_anyAmount_subtracts() {
        assertThat(cache.decrement("n")).hasValue(-1);
        assertThat(cache.decrement("n", 4)).hasValue(-5);
        assertThat(cache.decrement("n", -10)).hasValue(5);
        assertThat(cache.decrement("n", Long.MIN_VALUE)).isEmpty();
    }

    @Test
    @Tag("services-A-6")
    @DisplayName("A-6: expire changes the deadline and nothing else")
    void expire_zero_removesTheKey() {
        cache.set("k", "v");
        assertThat(cache.expire("k", Duration.ofSeconds(20))).isTrue();
        assertThat(world.pttl("k")).isBetween(1L, 20_000L);
        assertThat(cache.get("k", String.class)).isEqualTo("v");
        assertThat(cache.expire("k", Duration.ZERO)).isTrue();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.expire("k", Duration.ofSeconds(20))).isFalse();
    }

    @Test
    void delete_existingAndMissing_tellsThemApart() {
        cache.set("k", "v");
        assertThat(cache.delete("k")).isTrue();
        assertThat(cache.delete("k")).isFalse();
        assertThat(cache.get("k", String.class)).isNull();
    }

    @Test
    @Tag("services-A-8")
    @Tag("services-case-14")
    @DisplayName("case 14, A-8: bulk reads give what is there, nulls included, and count nothing")
    void getMany_someMissing_givesTheOthersInOrder() {
        cache.set("a", 1);
        cache.set("b", null);
        Map<String, Integer> found = cache.getMany(List.of("b", "missing", "a"), Integer.class);
        assertThat(found).containsOnlyKeys("b", "a").containsEntry("a", 1).containsEntry("b", null);
        assertThat(found.keySet()).containsExactly("b", "a");
        assertThat(cache.getStats().totalRequests()).isZero();
        assertThat(cache.getMany(List.of(), Integer.class)).isEmpty();
    }

    @Test
    @Tag("services-E-17")
    @Tag("services-case-15")
    @DisplayName("case 15, E-17: one value that cannot be read does not hide the others")
    void getMany_oneUndecodable_givesTheOthersAndCountsIt() {
        cache.setMany(Map.of("a", Map.of("n", 1), "b", Map.of("n", 2), "c", Map.of("n", 3)));
        world.seed("bad", "{broken");
        assertThat(cache.getMany(List.of("a", "b", "bad", "c"), Map.class)).containsOnlyKeys("a", "b", "c");
        assertThat(cache.getStats().decodeErrors()).isEqualTo(1);
    }

    @Test
    @Tag("services-A-9")
    @Tag("services-case-16")
    @DisplayName("case 16, A-9: all or nothing")
    void setMany_oneUnserialisable_storesNone() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("good", 1);
        values.put("bad", new Object());
        assertThat(cache.setMany(values)).isFalse();
        assertThat(cache.exists("good")).isFalse();
        assertThat(cache.setMany(Map.of())).isTrue();
        assertThat(cache.setMany(Map.of("x", 1, "y", "z"), Duration.ofSeconds(50)))
                .isTrue();
        assertThat(world.pttl("x")).isBetween(1L, 50_000L);
    }

    @Test
    @Tag("services-A-10")
    @Tag("services-case-17")
    @DisplayName("case 17, A-10: clearing removes the namespace, counts it, and spares its neighbours")
    void clearNamespace_manyKeys_countsThemAndSparesOthers() {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            values.put((i % 2 == 0 ? "conv:" : "key-") + i, i);
        }
        cache.setMany(values);
        redis.raw().set("ngx_test:x", "1");
        assertThat(cache.clearNamespace().removed()).isEqualTo(250);
        assertThat(cache.clearNamespace().complete()).isTrue();
        assertThat(redis.raw().exists("ngx_test:x")).isTrue();
        assertThat(cache.exists("key-1")).isFalse();
    }

    @Test
    @Tag("services-E-18")
    @Tag("services-case-18")
    @DisplayName("case 18, E-18: a namespace is a text and no pattern")
    void clearNamespace_globInNamespace_removesNoForeignKey() {
        RedisCacheService glob = world.service("a*b");
        redis.raw().set("aXXb:1", "kept");
        assertThat(glob.clearNamespace().removed()).isZero();
        assertThat(redis.raw().exists("aXXb:1")).isTrue();
        glob.set("k", 1);
        assertThat(glob.clearNamespace().removed()).isEqualTo(1);
    }

    @Test
    @Tag("services-A-12")
    @DisplayName("A-12: namespaces are disjoint")
    void set_twoNamespaces_doNotMeet() {
        RedisCacheService staging = world.service("staging");
        RedisCacheService glob = world.service("stag*");
        cache.set("k", "ngx");
        staging.set("k", "staging");
        glob.set("k", "glob");
        assertThat(cache.get("k", String.class)).isEqualTo("ngx");
        assertThat(staging.get("k", String.class)).isEqualTo("staging");
        assertThat(redis.raw().exists(world.rawKey("staging", "k"))).isTrue();
        assertThat(staging.clearNamespace().removed()).isEqualTo(1);
        assertThat(glob.get("k", String.class)).isEqualTo("glob");
    }

    @Test
    @Tag("services-A-12")
    @DisplayName("A-12: every argument of the constructor counts")
    void constructor_namespaceAndTtl_areHonoured() {
        RedisCacheService custom =
                world.open(world.settings().namespace("own").poolSize(2).defaultTtl(Duration.ofSeconds(90)));
        custom.set("k", 1);
        assertThat(redis.raw().pttl(world.rawKey("own", "k"))).isBetween(80_000L, 90_000L);
    }

    @Test
    @Tag("services-A-13")
    @DisplayName("A-13: closing one service leaves the others alone")
    void close_oneOfTwo_leavesTheOtherWorking() {
        RedisCacheService other = world.service();
        other.set("k", "v");
        cache.close();
        assertThat(other.get("k", String.class)).isEqualTo("v");
        assertThat(cache.get("k", String.class, "default")).isEqualTo("default");
        assertThat(cache.set("k", "w")).isFalse();
        assertThat(cache.getAsync("k", String.class)).isCompletedWithValue(null);
        assertThat(cache.getStats().connected()).isFalse();
    }

    @Test
    @Tag("services-E-16")
    @Tag("services-case-22")
    @DisplayName("case 22, E-16: values that cannot be stored are no outage")
    void set_unserialisableTenTimes_leavesTheBreakerClosed() {
        for (int i = 0; i < 10; i++) {
            assertThat(cache.set("k", new Object())).isFalse();
        }
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
        assertThat(cache.getStats().errors()).isEqualTo(10);
        assertThat(cache.set("k", "fine")).isTrue();
    }

    @Test
    @Tag("services-E-12")
    @DisplayName("E-12: a value that cannot be read is no hit")
    void get_corruptValue_countsADecodeErrorOnly() {
        world.seed("k", "{\"cut\": ");
        assertThat(cache.get("k", Map.class, Map.of("default", 1))).isEqualTo(Map.of("default", 1));
        assertThat(cache.lookup("k", Map.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(cache.getStats().hits()).isZero();
        assertThat(cache.getStats().misses()).isZero();
        assertThat(cache.getStats().decodeErrors()).isEqualTo(2);
        assertThat(cache.exists("k")).isTrue();
    }

    @Test
    @Tag("services-E-11")
    @DisplayName("E-11: pickled data is refused, and nothing in it is run")
    void get_pickleWithACall_isRefused() {
        byte[] pickle =
                "\u0080\u0004cos\nsystem\n(S'touch pwned'\ntR.".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        world.seed("k", pickle);
        assertThat(cache.lookup("k", Object.class))
                .isEqualTo(new Lookup.Undecodable<>("pickled data, which is not read"));
        assertThat(cache.getMany(List.of("k"), Object.class)).isEmpty();
    }

    @Test
    @Tag("services-E-10")
    @DisplayName("E-10: what was stored comes back as the type it was")
    void set_timeSetAndBytes_comeBackAsTheirTypes() {
        Instant time = Instant.parse("2025-08-03T15:15:30.123456Z");
        cache.set("time", time);
        cache.set("set", new LinkedHashSet<>(List.of(1, 2, 3)));
        cache.set("bytes", "a\0b".getBytes(UTF_8));
        assertThat(cache.get("time", Instant.class)).isEqualTo(time);
        assertThat(cache.get("set", Set.class)).isEqualTo(Set.of(1, 2, 3));
        assertThat(cache.get("bytes", byte[].class)).isEqualTo("a\0b".getBytes(UTF_8));
    }

    @Test
    void get_wrongType_isUndecodableRatherThanWrong() {
        cache.set("fraction", 1.5);
        cache.set("text", "12");
        assertThat(cache.lookup("fraction", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(cache.lookup("text", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
    }

    @Test
    @Tag("services-case-27")
    @DisplayName("case 27: keys are used verbatim")
    void set_keyWithColonsAndPlus_isUsedVerbatim() {
        String key = "session:whatsapp:+52155:2025-08-03T10:15";
        cache.set(key, "open");
        assertThat(redis.raw().exists(world.rawKey(key))).isTrue();
        assertThat(cache.get(key, String.class)).isEqualTo("open");
        assertThat(cache.delete(key)).isTrue();
    }

    @Test
    void set_accentsEmojiAndLoneSurrogate_comeBackEqual() {
        String text = "¿cuánto? \uD83D\uDE00 \uD83D";
        cache.set("clave: ñ\t☕", text);
        assertThat(cache.get("clave: ñ\t☕", String.class)).isEqualTo(text);
    }

    @Test
    @Tag("services-E-13")
    @DisplayName("E-13, 1.1.2: statistics are those of this service")
    void getStats_afterTraffic_hasTheLegacyFields() {
        cache.set("k", 1);
        cache.get("k", Integer.class);
        cache.get("none", Integer.class);
        assertThat(cache.getStats().toMap())
                .containsOnlyKeys(
                        "connected",
                        "hits",
                        "misses",
                        "errors",
                        "hit_rate",
                        "total_requests",
                        "circuit_breaker_open",
                        "failure_count")
                .containsEntry("connected", true)
                .containsEntry("hits", 1L)
                .containsEntry("misses", 1L)
                .containsEntry("hit_rate", 0.5);
    }

    @Test
    @Tag("services-A-15")
    @Tag("services-case-23")
    @DisplayName("A-15, case 23: health has the legacy fields of each state")
    void healthCheck_openAndClosed_hasTheLegacyFields() {
        HealthReport good = cache.healthCheck();
        assertThat(good.toMap().keySet())
                .containsExactlyInAnyOrder(
                        "status",
                        "healthy",
                        "latency_ms",
                        "version",
                        "used_memory",
                        "connected_clients",
                        "connected",
                        "hits",
                        "misses",
                        "errors",
                        "hit_rate",
                        "total_requests",
                        "circuit_breaker_open",
                        "failure_count");
        assertThat(good.isHealthy()).isTrue();
        assertThat(good.status()).isEqualTo("connected");
        assertThat(good.version()).matches("\\d+\\.\\d+\\.\\d+");
        cache.close();
        assertThat(cache.healthCheck().toMap()).isEqualTo(Map.of("status", "disconnected", "healthy", false));
    }

    @Test
    void asyncTwins_allOfThem_doWhatTheirNamesSay() {
        assertThat(cache.setAsync("a", 1).join()).isTrue();
        assertThat(cache.setAsync("b", 2, Duration.ofSeconds(50)).join()).isTrue();
        assertThat(cache.setAsync("b", 3, SetOptions.ifAbsent()).join()).isFalse();
        assertThat(cache.setManyAsync(Map.of("c", 3), Duration.ofSeconds(50)).join())
                .isTrue();
        assertThat(cache.getAsync("a", Integer.class).join()).isEqualTo(1);
        assertThat(cache.getManyAsync(List.of("b", "c"), Integer.class).join()).isEqualTo(Map.of("b", 2, "c", 3));
        assertThat(cache.incrementAsync("a", 4).join()).hasValue(5);
        assertThat(cache.deleteAsync("a").join()).isTrue();
        assertThat((double) world.pttl("b")).isCloseTo(50_000, within(10_000.0));
    }

    @Test
    @Tag("services-E-2")
    @Tag("services-case-43")
    @DisplayName("E-2, case 43: what is set is seen by a second client")
    void set_thenReadByAnotherService_isVisible() {
        cache.set("shared", List.of(1, "two", 3.0));
        assertThat(world.service().get("shared", List.class)).isEqualTo(List.of(1, "two", 3.0));
    }
}
