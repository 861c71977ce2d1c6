package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.testkit.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E-6, E-7, case 45: servers with a password, found by URL or by parts. */
@Tag("SHM-1")
@Tag("CLI-2")
@SuppressWarnings("removal") // the legacy classes are what is tested
class LegacyConnectionTest {
    private static final String SECRET = "s3cr3t-p@ss:word";

    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis(SECRET).start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    @Tag("services-E-6")
    @Tag("services-case-45")
    @Tag("services-G-2")
    @DisplayName("E-6: a password in the parts works")
    void start_passwordInParts_connects() {
        assertConnects(Map.of(
                "REDIS_HOST", "127.0.0.1", "REDIS_PORT", String.valueOf(redis.port()), "REDIS_PASSWORD", SECRET));
    }

    @Test
    @Tag("services-E-7")
    @DisplayName("E-7: REDIS_URL wins over the parts")
    void start_urlAndParts_takesTheUrl() {
        assertConnects(Map.of("REDIS_URL", urlWithPassword(), "REDIS_HOST", "nowhere.invalid", "REDIS_PORT", "1"));
    }

    @Test
    @Tag("services-E-7")
    @DisplayName("E-7: a URL in code wins over the environment")
    void start_urlInCode_winsOverTheEnvironment() {
        LegacyCacheSettings.Builder settings =
                LegacyCacheSettings.builder(Map.of("REDIS_URL", "redis://nowhere.invalid:1"));
        try (RedisCacheService cache =
                new RedisCacheService(settings.url(urlWithPassword()).build())) {
            cache.start();
            assertThat(cache.set("k", 1)).isTrue();
        }
    }

    @Test
    void start_databaseInParts_isUsed() {
        LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of(
                        "REDIS_HOST",
                        "127.0.0.1",
                        "REDIS_PORT",
                        String.valueOf(redis.port()),
                        "REDIS_DB",
                        "3",
                        "REDIS_PASSWORD",
                        SECRET))
                .build();
        try (RedisCacheService cache = new RedisCacheService(settings)) {
            cache.set("only-in-3", 1);
            assertThat(redis.raw().exists("ngx:only-in-3")).isFalse();
            assertThat(redis.raw().info("keyspace")).contains("db3:keys=1");
        }
    }

    @Test
    @DisplayName("secrets appear in no message and no text form")
    void start_wrongPassword_failsWithoutShowingIt() {
        LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of(
                        "REDIS_HOST",
                        "127.0.0.1",
                        "REDIS_PORT",
                        String.valueOf(redis.port()),
                        "REDIS_PASSWORD",
                        "wrong-" + SECRET))
                .build();
        assertThat(settings.toString()).doesNotContain(SECRET);
        try (RedisCacheService cache = new RedisCacheService(settings)) {
            assertThatThrownBy(cache::start)
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageNotContaining(SECRET)
                    .hasMessageContaining("WRONGPASS");
            assertThat(cache.get("k", String.class)).isNull();
            assertThat(cache.getStats().misses()).isZero();
            assertThat(cache.healthCheck().toString()).doesNotContain(SECRET);
        }
    }

    private static void assertConnects(Map<String, String> environment) {
        try (RedisCacheService cache =
                new RedisCacheService(LegacyCacheSettings.builder(environment).build())) {
            cache.start();
            assertThat(cache.set("k", 1)).isTrue();
            assertThat(redis.raw().get("ngx:k")).isEqualTo("1");
            assertThat(cache.healthCheck().isHealthy()).isTrue();
        }
    }

    private static String urlWithPassword() {
        return "redis://:s3cr3t-p%40ss%3Aword@127.0.0.1:" + redis.port() + "/0";
    }
}
