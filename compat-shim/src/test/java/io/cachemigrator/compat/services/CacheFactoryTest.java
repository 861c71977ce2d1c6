package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
@SuppressWarnings("removal") // the legacy classes are what is tested
class CacheFactoryTest {
    @AfterEach
    void close() {
        CacheFactory.close();
    }

    private static LegacyCacheSettings.Builder settings(TestRedis redis) {
        return LegacyCacheSettings.builder(Map.of()).url(redis.url());
    }

    @Test
    @Tag("services-E-3")
    @DisplayName("against a live server it gives a connected cache")
    void create_serverUp_isConnected() {
        try (TestRedis redis = TestRedis.started();
                RedisCacheService cache = CacheFactory.create(settings(redis).build())) {
            assertThat(cache.getStats().connected()).isTrue();
            assertThat(cache.set("k", 1)).isTrue();
        }
    }

    @Test
    @Tag("services-E-8")
    @DisplayName("without a server it fails, unless a cache in memory was allowed, and that says what it is")
    void create_serverDown_failsOrFallsBackAsAsked() {
        try (TestRedis redis = new TestRedis()) {
            LegacyCacheSettings strict = settings(redis).build();
            assertThatThrownBy(() -> CacheFactory.create(strict))
                    .isInstanceOf(CacheUnavailableException.class)
                    .hasMessageContaining("Check address");
            try (RedisCacheService cache =
                    CacheFactory.create(settings(redis).fallbackToMemory(true).build())) {
                assertThat(cache.set("k", 1)).isTrue();
                assertThat(cache.get("k", Integer.class)).isEqualTo(1);
                assertThat(String.valueOf(cache.healthCheck().toMap().get("error")))
                        .contains("this process only");
            }
        }
    }

    @Test
    @Tag("services-E-4")
    @DisplayName("the process's cache is one, and none that is closed is handed out")
    void currentAndClose_ofTheProcess_followEachOther() {
        CacheFactory.close();
        assertThat(CacheFactory.current()).isEmpty();
        RedisCacheService shared = LegacyCaches.redis();
        assertThat(CacheFactory.current()).containsSame(shared);
        CacheFactory.close();
        assertThat(CacheFactory.current()).isEmpty();
        assertThat(LegacyCaches.redis()).isNotSameAs(shared);
    }

    @Test
    @DisplayName("a flag of the environment asks for a cache in memory")
    void settings_mockEnabled_areInMemory() {
        assertThat(CacheFactory.settings(Map.of("REDIS_MOCK_ENABLED", "true")).inMemory())
                .isTrue();
        assertThat(CacheFactory.settings(Map.of("REDIS_MOCK_ENABLED", "false")).inMemory())
                .isFalse();
        assertThat(CacheFactory.settings(Map.of()).inMemory()).isFalse();
    }

    @Test
    @Tag("services-E-1")
    @DisplayName("whatever the flag says, callers get the same type, and a real backend")
    void create_eitherFlag_givesTheSameTypeOverARealServer() {
        try (TestRedis redis = TestRedis.started()) {
            for (Stage stage : List.of(new Stage.Legacy(), new Stage.Consolidated())) {
                try (RedisCacheService cache = CacheFactory.create(
                        settings(redis).stage(StageSource.fixed(stage)).build())) {
                    assertThat(cache.getClass()).isEqualTo(RedisCacheService.class);
                    assertThat(cache.set("k", stage.text())).isTrue();
                    assertThat(redis.keys("*")).as(stage.text()).isNotEmpty();
                }
                redis.raw().flushAll();
            }
        }
    }

    @Test
    @DisplayName("the stand-in has five minutes and a namespace of its own")
    void inMemory_standIn_behavesAsAService() {
        try (RedisCacheService cache = LegacyCaches.inMemory()) {
            assertThat(cache.set("123", "123")).isTrue();
            assertThat(cache.get("123", String.class)).as("text stays text").isEqualTo("123");
            assertThat(cache.healthCheck().isHealthy()).isTrue();
            assertThat(cache.runtime().settings().defaultTtl()).hasMinutes(5);
            assertThat(cache.runtime().settings().namespace()).isEqualTo("ngx_test");
        }
    }
}
