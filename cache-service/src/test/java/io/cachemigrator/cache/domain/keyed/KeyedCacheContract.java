package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a keyed cache does over any service. */
@Tag("SVC-1")
@Tag("SVC-14")
@SuppressWarnings({"unchecked", "rawtypes"})
abstract class KeyedCacheContract {
    private CacheService service;
    private KeyedCache cache;

    abstract CacheConfigBuilder config();

    @BeforeEach
    void open() {
        CacheConfigBuilder config = config();
        KeyRoutes.services().regionConfigs().values().forEach(config::region);
        service = CacheService.open(config.build());
        cache = new KeyedCache(service, KeyRoutes.services(), Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        cache.close();
        service.close();
    }

    @Test
    void set_keysOfSeveralPrefixes_areKeptInTheirRegions() {
        cache.set("conv:42", Map.of("id", "42"));
        cache.set("anything", 1);
        assertThat(service.region("conversations", Map.class).find("conv:42")).contains(Map.of("id", "42"));
        assertThat(service.region("general", Integer.class).find("anything")).contains(1);
    }

    @Test
    void set_ttlForms_areHonoured() {
        Instant before = Instant.now();
        cache.set("default", 1);
        cache.set("zero", 1, Duration.ZERO);
        cache.set("own", 1, Duration.ofMinutes(5));
        cache.set("stays", 1, WriteOptions.ttl(WriteOptions.NO_EXPIRY));
        assertThat(deadline("default")).isBetween(before.plusSeconds(3_500), before.plusSeconds(3_700));
        assertThat(deadline("zero")).isBetween(before.plusSeconds(3_500), before.plusSeconds(3_700));
        assertThat(deadline("own")).isBetween(before.plusSeconds(250), before.plusSeconds(350));
        assertThat(deadline("stays")).isNull();
        assertThatThrownBy(() -> cache.set("k", 1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void set_withoutADefaultOfItsOwn_takesTheRegions() {
        KeyedCache regionDefaults = new KeyedCache(service);
        Instant before = Instant.now();
        regionDefaults.set("know:x", 1);
        assertThat(deadline("know:x")).isBetween(before.plusSeconds(259_000), before.plusSeconds(259_400));
    }

    @Test
    void set_conditions_areHonoured() {
        assertThat(cache.set("k", 1, WriteOptions.ifPresent())).isFalse();
        assertThat(cache.set("k", 1, WriteOptions.ifAbsent())).isTrue();
        assertThat(cache.set("k", 2, WriteOptions.ifAbsent())).isFalse();
        assertThat(cache.get("k", Integer.class)).isEqualTo(1);
    }

    @Test
    void get_storedNullMissingAndWrongType_areToldApart() {
        cache.set("null", null);
        cache.set("text", "abc");
        assertThat(cache.get("null", String.class, "default")).isNull();
        assertThat(cache.get("none", String.class, "default")).isEqualTo("default");
        assertThat(cache.lookup("text", Integer.class)).isInstanceOf(Lookup.Undecodable.class);
        assertThat(cache.get("text", Integer.class, 7)).isEqualTo(7);
        assertThat(cache.statistics()).isEqualTo(new KeyedStatistics(1, 1, 2, 2, 0));
        assertThat(cache.statistics().hitRate()).isEqualTo(0.5);
    }

    @Test
    void getMany_severalRegions_givesWhatIsThereInOrder() {
        cache.setMany(Map.of("conv:1", 1, "b", 2, "cust:3", 3));
        cache.set("null", null);
        Map<String, Integer> found = cache.getMany(List.of("cust:3", "none", "b", "null", "conv:1"), Integer.class);
        assertThat(found.keySet()).containsExactly("cust:3", "b", "null", "conv:1");
        assertThat(found.get("null")).isNull();
        assertThat(cache.statistics().totalRequests()).isZero();
    }

    @Test
    void setMany_oneUnencodable_storesNone() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("good", 1);
        values.put("bad", new Object());
        assertThat(cache.setMany(values)).isFalse();
        assertThat(cache.exists("good")).isFalse();
        assertThat(cache.setMany(Map.of())).isTrue();
    }

    @Test
    void increment_freshAndSet_addsAndKeepsTheDeadline() {
        assertThat(cache.increment("n")).hasValue(1);
        assertThat(deadline("n")).isNull();
        assertThat(cache.decrement("n", 11)).hasValue(-10);
        cache.set("m", 40, Duration.ofMinutes(5));
        assertThat(cache.increment("m", 2)).hasValue(42);
        assertThat(deadline("m")).isNotNull();
        assertThat(cache.get("m", Long.class)).isEqualTo(42L);
        cache.set("text", "x");
        assertThat(cache.increment("text")).isEmpty();
    }

    @Test
    void expireDeleteExists_existingAndMissing_tellThemApart() {
        cache.set("k", 1);
        assertThat(cache.exists("k")).isTrue();
        assertThat(cache.expire("k", Duration.ofMinutes(1))).isTrue();
        assertThat(cache.expire("k", Duration.ZERO)).isTrue();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.delete("k")).isFalse();
    }

    @Test
    @Tag("services-E-19")
    @DisplayName("E-19: clearing one namespace leaves the others alone")
    void clear_twoNamespaces_removesOne() {
        KeyedCache other = new KeyedCache(service, KeyRoutes.forNamespace("staging"), null);
        cache.setMany(Map.of("conv:1", 1, "k", 2));
        other.set("k", 3);
        assertThat(cache.clear().removed()).isEqualTo(2);
        assertThat(other.get("k", Integer.class)).isEqualTo(3);
        assertThat(other.clear().removed()).isEqualTo(1);
    }

    @Test
    @Tag("services-B-3")
    @DisplayName("B-3: a response is kept as a precomputed one and loses nothing")
    void set_response_isReadableAsPrecomputed() {
        Map<String, Object> response = Map.of("response", "Hola", "type", "pricing", "confidence", 0.5);
        cache.set("response:pricing:h", response);
        assertThat(cache.get("response:pricing:h", Map.class)).isEqualTo(response);
        Map<String, Object> stored = service.region("precomputed-responses", Map.class)
                .find("precomp:pricing:h")
                .orElseThrow();
        assertThat(stored)
                .containsEntry("response", "Hola")
                .containsEntry("confidence", 0.5)
                .containsEntry("payload", response);
        assertThat(stored.get("created_at")).asString().endsWith("Z");
        cache.set("response:general:text", "only text");
        assertThat(cache.get("response:general:text", String.class)).isEqualTo("only text");
        cache.set("precomp:general:other", Map.of("response", "r", "confidence", 1.0));
        assertThat(cache.get("response:general:other", Map.class))
                .isEqualTo(Map.of("response", "r", "confidence", 1.0));
    }

    @Test
    @Tag("services-E-10")
    @DisplayName("E-10: values come back as the types they were")
    void set_recordTimeSetAndBytes_comeBackEqual() {
        Profile profile = new Profile("Ana", Instant.parse("2025-08-03T10:15:30Z"), Set.of("a", "b"));
        cache.set("p", profile);
        cache.set("bytes", new byte[] {0, 1, -1});
        assertThat(cache.get("p", Profile.class)).isEqualTo(profile);
        assertThat(cache.get("bytes", byte[].class)).isEqualTo(new byte[] {0, 1, -1});
    }

    @Test
    void get_entryOfAnotherCodec_readsTextAndJsonBytes() {
        service.region("general", String.class).put("text", "5 apples");
        service.region("general", byte[].class)
                .put("bytes", "{\"a\": NaN}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(cache.get("text", String.class)).isEqualTo("5 apples");
        assertThat(cache.get("bytes", Map.class)).isEqualTo(Map.of("a", Double.NaN));
    }

    @Test
    void asyncTwins_allOfThem_doWhatTheirNamesSay() {
        assertThat(cache.setAsync("a", 1).join()).isTrue();
        assertThat(cache.setAsync("a", 2, WriteOptions.ifAbsent()).join()).isFalse();
        assertThat(cache.setAsync("b", 2, Duration.ofMinutes(1)).join()).isTrue();
        assertThat(cache.setManyAsync(Map.of("c", 3), Duration.ZERO).join()).isTrue();
        assertThat(cache.getManyAsync(List.of("a", "c"), Integer.class).join()).isEqualTo(Map.of("a", 1, "c", 3));
        assertThat(cache.incrementAsync("a", 1).join()).hasValue(2);
        assertThat(cache.getAsync("a", Integer.class).join()).isEqualTo(2);
        assertThat(cache.deleteAsync("a").join()).isTrue();
    }

    @Test
    void close_overAServiceHandedIn_leavesItOpen() {
        cache.set("k", 1);
        cache.close();
        assertThat(service.region("general", Integer.class).find("k")).contains(1);
        assertThat(service.health().status()).isEqualTo(CacheHealth.Status.UP);
    }

    @Test
    void start_storesThatAnswer_returns() {
        cache.start();
        assertThat(cache.health().isHealthy()).isTrue();
    }

    private Instant deadline(String key) {
        return ((Lookup.Present<Object>) cache.lookup(key, Object.class)).deadline();
    }

    record Profile(String name, Instant since, Set<String> tags) {}
}
