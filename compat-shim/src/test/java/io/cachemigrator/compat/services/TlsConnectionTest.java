package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestCertificate;
import io.cachemigrator.compat.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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

/** E-6, case 45: a server that speaks TLS only, with a certificate that the platform's trust store vouches for. */
@Tag("SHM-1")
@SuppressWarnings("removal") // the legacy classes are what is tested
class TlsConnectionTest {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    static Path folder;

    private final String storeBefore = System.getProperty(STORE);
    private final String passwordBefore = System.getProperty(STORE_PASSWORD);
    private static final int TLS_PORT = TestRedis.freePort();
    private static TestRedis redis;
    private static Path store;

    @BeforeAll
    static void startRedis() throws IOException, InterruptedException, GeneralSecurityException {
        TestCertificate certificate = TestCertificate.make(folder, "store", "127.0.0.1");
        store = certificate.store();
        redis = new TestRedis(null, certificate.serverSettings(TLS_PORT)).start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void trustTheServer() {
        System.setProperty(STORE, store.toString());
        System.setProperty(STORE_PASSWORD, TestCertificate.PASSWORD);
    }

    @AfterEach
    void trustAsBefore() {
        restore(STORE, storeBefore);
        restore(STORE_PASSWORD, passwordBefore);
    }

    @Test
    @Tag("services-E-6")
    @Tag("services-case-45")
    @DisplayName("E-6: REDIS_SSL and rediss:// connect, at both stages")
    void start_tlsServer_connects() {
        for (Stage stage : List.of(new Stage.Legacy(), new Stage.Consolidated())) {
            assertConnects(stage, Map.of("REDIS_URL", "rediss://127.0.0.1:" + TLS_PORT));
            assertConnects(
                    stage,
                    Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", String.valueOf(TLS_PORT), "REDIS_SSL", "true"));
        }
    }

    @Test
    @DisplayName("a certificate that nobody vouches for is refused")
    void start_untrustedCertificate_fails() throws IOException, InterruptedException {
        TestCertificate other = TestCertificate.make(folder, "other", "127.0.0.1");
        System.setProperty(STORE, other.store().toString());
        try (RedisCacheService cache =
                service(new Stage.Legacy(), Map.of("REDIS_URL", "rediss://127.0.0.1:" + TLS_PORT))) {
            assertThatThrownBy(cache::start).isInstanceOf(InfrastructureException.class);
            assertThat(cache.set("k", 1)).isFalse();
        }
    }

    @Test
    @DisplayName("a certificate for another host is refused")
    void start_certificateOfAnotherHost_fails() {
        try (RedisCacheService cache =
                service(new Stage.Legacy(), Map.of("REDIS_URL", "rediss://localhost:" + TLS_PORT))) {
            assertThatThrownBy(cache::start).isInstanceOf(InfrastructureException.class);
        }
    }

    private static void assertConnects(Stage stage, Map<String, String> environment) {
        try (RedisCacheService cache = service(stage, environment)) {
            cache.start();
            assertThat(cache.set("k", "v")).isTrue();
            assertThat(cache.get("k", String.class)).isEqualTo("v");
        }
    }

    private static RedisCacheService service(Stage stage, Map<String, String> environment) {
        return new RedisCacheService(LegacyCacheSettings.builder(environment)
                .stage(StageSource.fixed(stage))
                .build());
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
