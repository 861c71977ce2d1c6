package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.compat.testkit.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment decides. */
@Tag("SHM-1")
@SuppressWarnings("removal") // the legacy classes are what is tested
class LegacyCachesTest {
    @AfterEach
    void close() {
        LegacyCaches.closeAll();
    }

    private static Map<String, String> variables(String text) {
        return text.isEmpty()
                ? Map.of()
                : java.util.Arrays.stream(text.split(" "))
                        .map(pair -> pair.split("=", 2))
                        .collect(java.util.stream.Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CACHE_TYPE=memory USE_REDIS=true|memory|CACHE_TYPE asks for it",
                "CACHE_TYPE=Redis|redis|CACHE_TYPE asks for it",
                "CACHE_TYPE=ai|ai|CACHE_TYPE asks for it",
                "CACHE_TYPE=auto USE_REDIS=yes|ai|USE_REDIS is true",
                "USE_REDIS=off REDIS_URL=redis://127.0.0.1:1|memory|USE_REDIS is false",
                "REDIS_URL=redis://127.0.0.1:1|memory|REDIS_URL is set, but the server does not answer",
                "CACHE_REDIS_URI=redis://127.0.0.1:1|memory|CACHE_REDIS_URI is set, but the server does not answer",
                "OTHER=1|memory|neither CACHE_TYPE, USE_REDIS nor REDIS_URL is set"
            })
    void detect_order(String environment, String backend, String reason) {
        Detection found = LegacyCaches.detect(variables(environment));
        assertThat(found.backend()).isEqualTo(backend);
        assertThat(found.reason()).isEqualTo(reason);
        assertThat(variables(environment).keySet()).containsAll(found.variables());
    }

    @Test
    void detect_serverAnswers_isOneOfAnswers() {
        try (TestRedis server = TestRedis.started()) {
            assertThat(LegacyCaches.detect(Map.of("REDIS_URL", server.url())).backend())
                    .isEqualTo("ai");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CACHE_TYPE=disk",
                "USE_REDIS=perhaps",
                "USE_NEW_CACHE_FACTORY=true USE_LEGACY_CACHE=true",
                "CACHE_TYPE=memory CACHE_SIZE=0",
                "CACHE_TYPE=memory CACHE_DEFAULTS_MEMORY_MAX_ENTRIES=many",
                "CACHE_TYPE=memory CACHE_TTL=soon",
                "CACHE_TYPE=ai REDIS_URL=redis://u:s3cret@:1"
            })
    void getCacheInstance_badValue_isRefusedWithoutSecrets(String environment) {
        assertThatThrownBy(() -> LegacyCaches.getCacheInstance(variables(environment)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Tag("factory-DEF-37")
    @DisplayName("DEF-37: who asks again gets the same cache, until it is closed")
    void getCacheInstance_again_isTheSame() {
        Map<String, String> environment = Map.of("CACHE_TYPE", "memory", "CACHE_SIZE", "7", "CACHE_TTL", "60");
        CacheInterface cache = LegacyCaches.getCacheInstance(environment);
        assertThat(cache).isInstanceOf(InMemoryCache.class);
        assertThat(cache.stats().memoryLimit()).isEqualTo(7);
        assertThat(LegacyCaches.getCacheInstance(environment)).isSameAs(cache);
        cache.close();
        CacheInterface next = LegacyCaches.getCacheInstance(environment);
        assertThat(next).isNotSameAs(cache);
        LegacyCaches.closeAll();
        assertThat(LegacyCaches.getCacheInstance(environment)).isNotSameAs(next);
    }

    @Test
    @Tag("factory-DEF-08")
    @DisplayName("DEF-08: the kind is the one that was asked for")
    void getCacheInstance_kinds() {
        assertThat(LegacyCaches.getCacheInstance(variables("CACHE_TYPE=ai"))).isInstanceOf(AiResponseCache.class);
        assertThat(LegacyCaches.getCacheInstance(variables("CACHE_TYPE=redis"))).isInstanceOf(GenericRedisCache.class);
        assertThat(LegacyCaches.getAiCache()).isSameAs(LegacyCaches.getAiCache());
    }

    @Test
    @DisplayName("the switch to the new factory leads to the consolidated layout")
    void getCacheInstance_newFactory_isConsolidated() {
        try (TestRedis server = TestRedis.started()) {
            CacheInterface cache = LegacyCaches.getCacheInstance(
                    variables("CACHE_TYPE=redis USE_NEW_CACHE_FACTORY=true REDIS_URL=" + server.url()));
            cache.set("k", 1);
            try (var redis = server.raw()) {
                assertThat(redis.exists("cs:web:k")).isTrue();
            }
            LegacyCaches.closeAll();
        }
    }
}
