package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E-6, E-7: one order in which addresses are found. */
@Tag("SVC-10")
class RedisEnvironmentTest {

    @Test
    void legacy_nothingSet_isLocalhost() {
        RedisConfig config = of(Map.of()).legacy(null, 0);
        assertThat(config.displayUri()).isEqualTo("redis://localhost:6379/0");
        assertThat(config.poolSize()).isEqualTo(10);
        assertThat(config.password()).isNull();
    }

    @Test
    @Tag("services-E-7")
    @DisplayName("E-7: a URL in code, then REDIS_URL, then the parts")
    void legacy_urlAndParts_areTakenInOrder() {
        Map<String, String> parts = Map.of("REDIS_HOST", "parts", "REDIS_PORT", "7000", "REDIS_DB", "3");
        Map<String, String> both = Map.of("REDIS_HOST", "parts", "REDIS_URL", "redis://url:7001/2");
        assertThat(of(parts).legacy(null, 0).displayUri()).isEqualTo("redis://parts:7000/3");
        assertThat(of(both).legacy(null, 0).displayUri()).isEqualTo("redis://url:7001/2");
        assertThat(of(both).legacy("redis://code:7002", 0).displayUri()).isEqualTo("redis://code:7002");
    }

    @Test
    @Tag("services-E-6")
    @DisplayName("E-6: password and TLS of the parts are used")
    void legacy_passwordAndSsl_areUsed() {
        RedisConfig config = of(Map.of("REDIS_HOST", "h", "REDIS_PASSWORD", " p@ss:w ", "REDIS_SSL", "true"))
                .legacy(null, 0);
        assertThat(config.uri().getScheme()).isEqualTo("rediss");
        assertThat(config.password()).isEqualTo(" p@ss:w ");
        assertThat(config.toString()).doesNotContain("p@ss");
    }

    @Test
    void target_ownVariables_winOverTheLegacyOnes() {
        RedisConfig config = of(Map.of(
                        "CACHE_REDIS_URI", "redis://target:1/4",
                        "CACHE_REDIS_USERNAME", "app",
                        "CACHE_REDIS_PASSWORD", "secret",
                        "CACHE_REDIS_TLS", "true",
                        "CACHE_REDIS_POOL_SIZE", "33",
                        "REDIS_URL", "redis://legacy:2"))
                .target(null, 0);
        assertThat(config.displayUri()).isEqualTo("rediss://target:1/4");
        assertThat(config.username()).isEqualTo("app");
        assertThat(config.password()).isEqualTo("secret");
        assertThat(config.poolSize()).isEqualTo(33);
    }

    @Test
    void target_credentialsInTheUri_winOverTheVariables() {
        RedisConfig config = of(Map.of("CACHE_REDIS_URI", "redis://u:p@t:1", "CACHE_REDIS_PASSWORD", "other"))
                .target(null, 0);
        assertThat(config.password()).isNull();
        assertThat(config.uri().getUserInfo()).isEqualTo("u:p");
    }

    @Test
    @DisplayName("one set of variables serves both sides, before and after the configuration was migrated")
    void targetAndLegacy_onlyOneNamed_areTheSameServer() {
        assertThat(of(Map.of("REDIS_URL", "redis://one:1")).target(null, 0).displayUri())
                .isEqualTo("redis://one:1");
        assertThat(of(Map.of("REDIS_HOST", "one", "REDIS_PASSWORD", "p"))
                        .target(null, 0)
                        .password())
                .isEqualTo("p");
        assertThat(of(Map.of("CACHE_REDIS_URI", "redis://one:1", "CACHE_REDIS_PASSWORD", "p"))
                        .legacy(null, 0))
                .extracting(RedisConfig::displayUri, RedisConfig::password)
                .containsExactly("redis://one:1", "p");
    }

    @Test
    void poolSize_argumentThenVariable_isUsed() {
        RedisEnvironment environment = of(Map.of("REDIS_POOL_SIZE", "25"));
        assertThat(environment.legacy(null, 0).poolSize()).isEqualTo(25);
        assertThat(environment.legacy(null, 3).poolSize()).isEqualTo(3);
    }

    @Test
    void namespaceAndTtl_asSet_areRead() {
        assertThat(of(Map.of()).namespace()).isEqualTo("ngx");
        assertThat(of(Map.of("CACHE_NAMESPACE", "staging")).namespace()).isEqualTo("staging");
        assertThat(of(Map.of()).defaultTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(of(Map.of("CACHE_DEFAULT_TTL", "1800")).defaultTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(of(Map.of("CACHE_DEFAULT_TTL", "PT30M")).defaultTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(of(Map.of("CACHE_DEFAULT_TTL", "2d")).defaultTtl()).isEqualTo(Duration.ofDays(2));
        assertThat(of(Map.of("CACHE_DEFAULT_TTL", "90s")).defaultTtl()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void anyVariable_outOfRange_isNamedWithWhatIsAllowed() {
        assertRefused(
                Map.of("REDIS_HOST", "h", "REDIS_PORT", "70000"), "REDIS_PORT is '70000'; allowed: a whole number");
        assertRefused(Map.of("REDIS_HOST", "h", "REDIS_DB", "x"), "REDIS_DB is 'x'");
        assertRefused(
                Map.of("REDIS_HOST", "h", "REDIS_SSL", "perhaps"), "REDIS_SSL is 'perhaps'; allowed: true or false");
        assertRefused(Map.of("REDIS_HOST", "a b"), "REDIS_HOST is 'a b'");
        assertRefused(Map.of("REDIS_POOL_SIZE", "0"), "REDIS_POOL_SIZE is '0'");
        assertThatThrownBy(() -> of(Map.of("CACHE_DEFAULT_TTL", "0")).defaultTtl())
                .hasMessageContaining("CACHE_DEFAULT_TTL is '0'");
    }

    @Test
    @DisplayName("a password in an address that cannot be used is not shown")
    void legacy_brokenUrl_doesNotShowThePassword() {
        for (String url : new String[] {"redis://:hunter2@ho st", "http://:hunter2@host", "redis://:hunter2#x@host"}) {
            assertThatThrownBy(() -> of(Map.of("REDIS_URL", url)).legacy(null, 0))
                    .as(url)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageContaining("percent-encoded")
                    .hasNoCause();
        }
    }

    private static void assertRefused(Map<String, String> variables, String message) {
        assertThatThrownBy(() -> of(variables).legacy(null, 0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    private static RedisEnvironment of(Map<String, String> variables) {
        return RedisEnvironment.of(variables);
    }
}
