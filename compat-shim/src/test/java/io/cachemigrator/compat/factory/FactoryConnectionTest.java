package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheHealth.TierHealth;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestCertificate;
import io.cachemigrator.compat.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

/** Real servers that ask for a password or TLS: what is declared reaches them, at the first stage and at the last. */
@Tag("SHM-1")
class FactoryConnectionTest {
    private static final String SECRET = "s3cr3t-p@ss:word";
    private static final int TLS_PORT = TestRedis.freePort();

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static TestRedis redis;

    @BeforeAll
    static void startRedis() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = TestCertificate.make(folder, "server", "127.0.0.1");
        redis = new TestRedis(SECRET, certificate.serverSettings(TLS_PORT)).start();
        redis.raw()
                .sendCommand(
                        Protocol.Command.ACL,
                        "SETUSER",
                        "app",
                        "on",
                        ">other-" + SECRET,
                        "allkeys",
                        "allchannels",
                        "+@all");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    @Tag("factory-DEF-18")
    @DisplayName("DEF-18: a password in the environment reaches the server")
    void open_passwordsInTheEnvironment_reachTheServer() {
        assertConnects(Map.of("REDIS_URL", redis.url(), "REDIS_AUTH", SECRET));
        assertConnects(
                Map.of("REDIS_URL", redis.url(), "REDIS_ACL_USERNAME", "app", "REDIS_ACL_PASSWORD", "other-" + SECRET));
    }

    @Test
    @Tag("factory-DEF-06")
    @Tag("factory-DEF-18")
    @DisplayName("DEF-06: TLS settings in the environment reach the server")
    void open_tlsInTheEnvironment_reachesTheServer() throws IOException, GeneralSecurityException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REDIS_URL", "redis://127.0.0.1:" + TLS_PORT);
        variables.put("REDIS_AUTH", SECRET);
        variables.put("REDIS_USE_TLS", "true");
        variables.put("REDIS_TLS_CA_PATH", certificate.openTrustStore().toString());
        assertConnects(variables);
        variables.put("REDIS_URL", "redis://localhost:" + TLS_PORT);
        assertRefused(variables);
        variables.put("REDIS_VERIFY_CERTIFICATES", "false");
        assertConnects(variables);
    }

    @Test
    @DisplayName("a server whose certificate nobody vouches for is refused, verified name or not")
    void open_strangersCertificate_isRefused() throws IOException, InterruptedException, GeneralSecurityException {
        Path other = TestCertificate.make(folder, "stranger", "127.0.0.1").openTrustStore();
        assertRefused(Map.of(
                "REDIS_URL",
                "rediss://127.0.0.1:" + TLS_PORT,
                "REDIS_AUTH",
                SECRET,
                "REDIS_TLS_CA_PATH",
                other.toString(),
                "REDIS_VERIFY_CERTIFICATES",
                "false"));
    }

    @Test
    @Tag("factory-DEF-17")
    @DisplayName("DEF-17: a wrong password is told of, and not told")
    void open_wrongPassword_isUnavailableWithoutShowingIt() {
        LegacyOptions options =
                options(new Stage.Legacy(), Map.of("REDIS_URL", redis.url(), "REDIS_AUTH", "wrong-" + SECRET));
        try (FactoryRuntime runtime = FactoryRuntime.open(options, ClearScope.ANSWERS)) {
            Lookup<String> found = runtime.store().lookup("k", String.class);
            assertThat(found).isInstanceOf(Lookup.Unavailable.class);
            assertThat(found.toString()).contains("WRONGPASS").doesNotContain(SECRET);
            CacheHealth health = runtime.store().health();
            assertThat(health.toString()).doesNotContain(SECRET);
            assertThat(health.tiers().values()).extracting(TierHealth::status).containsExactly(CacheHealth.Status.DOWN);
        }
    }

    @Test
    @Tag("factory-DEF-06")
    @DisplayName("DEF-06: a server that is down is asked as often as the breaker lets, and not at every call")
    void lookup_serverDown_isNotAskedAtEveryCall() {
        LegacyOptions options = LegacyOptions.builder()
                .redisUrl("redis://127.0.0.1:" + TestRedis.freePort())
                .circuitBreaker(5, Duration.ofMinutes(1))
                .build();
        try (FactoryRuntime runtime = FactoryRuntime.open(options, ClearScope.ANSWERS)) {
            for (int i = 0; i < 100; i++) {
                assertThat(runtime.store().lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
            }
            assertThat(runtime.breaker().failures()).isEqualTo(5);
            assertThat(runtime.router().primary().rejectedCalls()).isEqualTo(95);
        }
    }

    private static void assertConnects(Map<String, String> variables) {
        for (Stage stage : List.of(new Stage.Legacy(), new Stage.Consolidated())) {
            try (FactoryRuntime runtime = FactoryRuntime.open(options(stage, variables), ClearScope.EVERYTHING)) {
                assertThat(runtime.store().put("k", stage.text(), WriteOptions.DEFAULTS))
                        .isEqualTo(WriteOutcome.STORED);
                assertThat(runtime.store().lookup("k", String.class).valueOrNull())
                        .isEqualTo(stage.text());
            }
            assertThat(redis.raw().get("k")).contains(stage.text());
        }
    }

    private static void assertRefused(Map<String, String> variables) {
        for (Stage stage : List.of(new Stage.Legacy(), new Stage.Consolidated())) {
            try (FactoryRuntime runtime = FactoryRuntime.open(options(stage, variables), ClearScope.EVERYTHING)) {
                assertThat(runtime.store().put("k", 1, WriteOptions.DEFAULTS)).isEqualTo(WriteOutcome.UNAVAILABLE);
            }
        }
    }

    private static LegacyOptions options(Stage stage, Map<String, String> variables) {
        return LegacyOptions.builder(variables).stage(StageSource.fixed(stage)).build();
    }
}
