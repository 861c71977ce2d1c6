package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.domain.conversation.ConversationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The low-level service, the manager and the wrappers of functions. */
@SuppressWarnings({"removal", "unchecked", "rawtypes"}) // the legacy classes are what is tested
class FamilyBehaviourTest extends Behaviour {

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-7")
    @Tag("services-A-7")
    @Tag("services-A-14")
    @Tag("services-A-16")
    @DisplayName("a stored null is a value and no default")
    void get_storedNull_isNull(Setting setting) {
        RedisCacheService cache = open(setting);
        assertThat(cache.set("k", null)).isTrue();
        assertThat(cache.get("k", String.class, "default")).isNull();
        assertThat(cache.exists("k")).isTrue();
        assertThat(cache.get("none", String.class, "default")).isEqualTo("default");
        assertThat(cache.lookup("none", String.class)).isInstanceOf(Lookup.Absent.class);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-4")
    @Tag("services-case-5")
    @Tag("services-case-6")
    @Tag("services-A-2")
    @DisplayName("conditions are honoured")
    void set_withConditions_honoursThem(Setting setting) {
        RedisCacheService cache = open(setting);
        assertThat(cache.set("k", 1, SetOptions.ifPresent())).isFalse();
        assertThat(cache.set("k", 1, SetOptions.ifAbsent())).isTrue();
        assertThat(cache.set("k", 2, SetOptions.ifAbsent())).isFalse();
        assertThat(cache.set("k", 3, SetOptions.ifPresent())).isTrue();
        assertThat(cache.get("k", Integer.class)).isEqualTo(3);
        assertThatThrownBy(() -> new SetOptions(null, true, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-3")
    @DisplayName("a negative time is the caller's fault, and no outage")
    void set_negativeTime_isAnArgumentError(Setting setting) {
        RedisCacheService cache = open(setting);
        assertThatThrownBy(() -> cache.set("k", 1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.getStats().failureCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-8")
    @Tag("services-case-9")
    @Tag("services-case-11")
    @Tag("services-case-12")
    @Tag("services-case-13")
    @Tag("services-A-3")
    @Tag("services-A-5")
    @DisplayName("counters are exact, and refuse what is no 64-bit integer")
    void increment_byManyAndOfOtherValues_isExact(Setting setting) throws Exception {
        RedisCacheService cache = open(setting);
        cache.set("n", 5);
        assertThat(cache.increment("n", 2)).hasValue(7);
        assertThat(cache.decrement("n", 10)).hasValue(-3);
        cache.set("text", "abc");
        cache.set("fraction", 1.5);
        cache.set("max", Long.MAX_VALUE);
        assertThat(List.of(cache.increment("text"), cache.increment("fraction"), cache.increment("max")))
                .containsOnly(OptionalLong.empty());
        assertThat(cache.get("fraction", Double.class)).isEqualTo(1.5);
        assertThat(cache.get("max", Long.class)).isEqualTo(Long.MAX_VALUE);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        Callable<OptionalLong> adds = () -> {
            OptionalLong last = OptionalLong.empty();
            for (int i = 0; i < 500; i++) {
                last = cache.increment("visits");
            }
            return last;
        };
        List<Callable<OptionalLong>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(adds);
        }
        for (Future<OptionalLong> each : threads.invokeAll(calls)) {
            assertThat(each.get()).isPresent();
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cache.get("visits", Long.class)).isEqualTo(10_000L);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-14")
    @Tag("services-case-16")
    @Tag("services-A-8")
    @Tag("services-A-9")
    @DisplayName("several at once: what is there, nulls included; all or none")
    void bulkCalls_mixedValues_areAllOrNone(Setting setting) {
        RedisCacheService cache = open(setting);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("a", 1);
        values.put("b", null);
        assertThat(cache.setMany(values)).isTrue();
        assertThat(cache.getMany(List.of("a", "b", "c"), Integer.class)).isEqualTo(values);
        assertThat(cache.getMany(List.of(), Integer.class)).isEmpty();
        assertThat(cache.setMany(Map.of())).isTrue();
        assertThat(cache.setMany(Map.of("d", 1, "e", new Object()))).isFalse();
        assertThat(cache.exists("d")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-22")
    @Tag("services-E-10")
    @Tag("services-E-16")
    @DisplayName("values keep their types; those that cannot be stored are no outage")
    void set_valuesOfManyTypes_keepsThem(Setting setting) {
        RedisCacheService cache = open(setting);
        Instant time = Instant.parse("2025-08-03T10:15:30.123456Z");
        cache.set("time", time);
        cache.set("set", Set.of(1, 2));
        cache.set("bytes", new byte[] {1, 2});
        cache.set("text", "Pérez 😀");
        assertThat(cache.get("time", Instant.class)).isEqualTo(time);
        assertThat(cache.get("set", Set.class)).isEqualTo(Set.of(1, 2));
        assertThat(cache.get("bytes", byte[].class)).containsExactly(1, 2);
        assertThat(cache.get("text", String.class)).isEqualTo("Pérez 😀");
        for (int i = 0; i < 10; i++) {
            assertThat(cache.set("bad", new Object())).isFalse();
        }
        assertThat(cache.getStats().circuitBreakerOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-A-6")
    @DisplayName("a time of zero removes; clearing counts")
    void expireAndClear_existing_remove(Setting setting) {
        NgxCacheManager manager = manager(setting);
        assertThat(manager.set("a", 1)).isTrue();
        assertThat(manager.set("b", 2, Duration.ofMinutes(1))).isTrue();
        assertThat(manager.get("b", Integer.class)).isEqualTo(2);
        assertThat(manager.setKnowledge("pricing", Map.of("a", 1))).isTrue();
        assertThat(service.expire("a", Duration.ZERO)).isTrue();
        assertThat(service.exists("a")).isFalse();
        assertThat(manager.delete("b")).isTrue();
        assertThat(manager.delete("b")).isFalse();
        assertThat(manager.clearNamespace().removed()).isEqualTo(1);
        assertThat(manager.getKnowledge("pricing")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-24")
    @Tag("services-case-27")
    @Tag("services-B-3")
    @Tag("services-B-7")
    @Tag("services-B-10")
    @DisplayName("the manager's kinds come back as they were")
    void manager_everyKind_comesBack(Setting setting) {
        NgxCacheManager manager = manager(setting);
        String id = "whatsapp:+5215550100:2025";
        ConversationState state =
                ConversationState.builder(id).customerId("Ana Pérez 😀").build();
        assertThat(manager.setConversation(id, state)).isTrue();
        assertThat(manager.getConversation(id)).hasValue(state);
        assertThat(manager.getConversationsBatchAsync(List.of(id, "none")).join())
                .isEqualTo(Map.of(id, state));
        assertThat(manager.setPrediction("model", "hash", Map.of("score", 0.5))).isTrue();
        assertThat(manager.getPrediction("model", "hash")).hasValue(Map.of("score", 0.5));
        Map<String, Object> response = Map.of("response", "r", "a", 1, "b", 2, "c", 3, "d", List.of(4));
        assertThat(manager.setCachedResponse("hash", response)).isTrue();
        assertThat(manager.getCachedResponse("hash")).hasValue(response);
        assertThat(manager.incrementMetric("api", "calls", 3)).hasValue(3);
        assertThat(manager.getMetric("api", "calls")).hasValue(3);
        assertThat(manager.getMetric("api", "none")).hasValue(0);
        assertThat(manager.warmCache().total()).isEqualTo(19);
        assertThat(manager.clearExpired()).isZero();
        assertThat(manager.getCacheStats().ngxStats()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("a wrapped function is called once for the same arguments, until its result is removed")
    void cachedFunction_calledAgain_givesTheKeptResult(Setting setting) {
        AtomicInteger calls = new AtomicInteger();
        CachedFunction<String> greet =
                CachedFunction.cached(open(setting), "greet", Duration.ofMinutes(1), String.class, arguments -> {
                    calls.incrementAndGet();
                    return arguments.get(0).equals("nobody") ? null : "Hola " + arguments;
                });
        assertThat(greet.call("Ana", 1)).isEqualTo("Hola [Ana, 1]");
        assertThat(greet.call("Ana", 1)).isEqualTo("Hola [Ana, 1]");
        assertThat(calls).hasValue(1);
        assertThat(service.get("greet:c89f3cf04a92edc4496da27be21ad2b0", String.class))
                .as("the digest of Ana_1")
                .isEqualTo("Hola [Ana, 1]");
        assertThat(greet.invalidateCache(calls::incrementAndGet, "Ana", 1)).isTrue();
        assertThat(greet.invalidateCache(calls::incrementAndGet, "Ana", 1)).isFalse();
        greet.call("Ana", 1);
        assertThat(calls).hasValue(4);
        Function<List<Object>, String> named = arguments -> String.valueOf(arguments.get(0));
        CachedFunction<String> nulls = greet.withKeys(named).withNulls();
        assertThat(nulls.call("nobody")).isNull();
        assertThat(nulls.call("nobody")).isNull();
        assertThat(calls).as("a stored null is a miss").hasValue(6);
        assertThat(service.exists("greet:nobody")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("health and statistics have their legacy fields")
    @Tag("services-A-15")
    @Tag("services-B-11")
    void healthAndStats_everySetting_haveTheLegacyFields(Setting setting) {
        NgxCacheManager manager = manager(setting);
        service.start();
        manager.get("none", String.class);
        assertThat(service.healthCheck().isHealthy()).isTrue();
        assertThat(service.healthCheck().toMap()).containsKeys("status", "healthy", "hits", "misses");
        assertThat(manager.getCacheStats().toMap())
                .containsKeys("ngx_stats", "cache_keys", "connected", "hit_rate", "total_requests");
    }
}
