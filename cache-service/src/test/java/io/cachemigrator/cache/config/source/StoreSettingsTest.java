package io.cachemigrator.cache.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisLogin;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import io.cachemigrator.cache.config.RedisTopology;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the stores are, by settings. */
@Tag("SVC-10")
class StoreSettingsTest {
    private static final String SECRET = "S3CRET";

    @TempDir
    Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Path keyStore(String name, String password) throws Exception {
        Path file = folder.resolve(name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private CacheConfig yaml(String text) throws IOException {
        return CacheConfigLoader.of(ConfigSource.file(Path.of(write("cache.yml", text))))
                .withVariables(Map.of("SECRET", SECRET))
                .load();
    }

    private List<String> faults(String text) {
        return faultsOf(catchThrowableOfType(ConfigurationException.class, () -> yaml(text)));
    }

    private static List<String> faultsOf(ConfigurationException failure) {
        assertThat(failure).hasMessageStartingWith("CM-601");
        assertThat(failure.getMessage()).doesNotContain(SECRET);
        return ((List<?>) failure.context().get("faults"))
                .stream().map(Object::toString).toList();
    }

    private static CacheConfig variables(Map<String, String> variables) {
        return CacheConfigLoader.of(ConfigSource.environment(variables)).load();
    }

    @Test
    @Tag("SVC-3")
    void sentinel_everySetting_isBound() throws Exception {
        Path trust = keyStore("trust.p12", SECRET);
        Path keys = keyStore("keys.p12", SECRET);
        RedisConfig redis = yaml("""
                redis:
                  topology: sentinel
                  nodes: [one:26379, three]
                  masterName: my.master
                  database: 3
                  username: app
                  password: ${SECRET}
                  poolSize: 7
                  connectTimeout: 300ms
                  socketTimeout: 1s
                  sentinel: { username: watcher, password: "${SECRET}2" }
                  tls:
                    trustStore: %s
                    trustStorePassword: ${SECRET}
                    keyStore: %s
                    keyStorePassword: ${SECRET}
                    verifyHostName: no
                  outage: { failures: 3, pause: 5s, heldWrites: 50, heldBytes: 1MiB }
                disk: { folder: d, maxBytes: 5MB, busyTimeout: 2s }
                """.formatted(trust, keys)).redis();
        assertThat(redis.topology()).isEqualTo(RedisTopology.SENTINEL);
        assertThat(redis.hosts()).containsExactly("one:26379", "three:26379");
        assertThat(redis.masterName()).isEqualTo("my.master");
        assertThat(redis.database()).isEqualTo(3);
        assertThat(redis.isSecured()).isTrue();
        assertThat(redis)
                .isEqualTo(new RedisConfig(
                        redis.uri(),
                        "app",
                        SECRET,
                        7,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        new RedisOutageConfig(3, Duration.ofSeconds(5), 50, 1 << 20),
                        new RedisTlsConfig(trust, SECRET, keys, SECRET, false),
                        new RedisLogin("watcher", SECRET + "2")))
                .asString()
                .doesNotContain(SECRET);
        assertThat(redis.tls()).asString().doesNotContain(SECRET);
        assertThat(redis.sentinel()).asString().doesNotContain(SECRET);
    }

    @Test
    void node_thatIsAnIpv6Address_standsAlone() throws IOException {
        assertThat(yaml("redis: {nodes: ['[::1]:6380'], database: 2}").redis().displayUri())
                .isEqualTo("redis://[::1]:6380/2");
        assertThat(faults("redis: {topology: cluster, nodes: ['[::1]:1', b]}")).hasSize(1);
    }

    @Test
    void environment_reachesTheSameSettings() {
        CacheConfig config = variables(Map.of(
                "CACHE_REDIS_TOPOLOGY", "cluster",
                "CACHE_REDIS_NODES", "a:7000, b:7001",
                "CACHE_REDIS_TLS", "true",
                "CACHE_REDIS_TLS_VERIFY_HOST_NAME", "false",
                "CACHE_REDIS_OUTAGE_HELD_WRITES", "0",
                "CACHE_DISK_FOLDER", "d",
                "CACHE_DISK_BUSY_TIMEOUT", "250ms"));
        assertThat(config.redis().uri()).hasToString("rediss-cluster://a:7000,b:7001");
        assertThat(config.redis().tls()).isEqualTo(new RedisTlsConfig(null, null, null, null, false));
        assertThat(config.redis().outage().heldWrites()).isZero();
        assertThat(config.disk().busyTimeout()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void secrets_areReadFromFiles() throws IOException {
        String key = write("key", Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        CacheConfig config = yaml("""
                redis:
                  uri-file: %s
                  username-file: %s
                  password-file: %s
                encryption:
                  keyFiles: { 4: %s }
                """.formatted(
                        write("uri", "redis://h:1\n"), write("user", "app\r\n"), write("password", "a b\n"), key));
        assertThat(config.redis().displayUri()).isEqualTo("redis://h:1");
        assertThat(config.redis().username()).isEqualTo("app");
        assertThat(config.redis().password()).isEqualTo("a b");
        assertThat(config.encryption().currentKeyId()).isEqualTo(4);
        Map<String, String> variables = new HashMap<>(Map.of("CACHE_REDIS_URI", "redis://h:1"));
        variables.put("CACHE_REDIS_PASSWORD_FILE", folder.resolve("password").toString());
        variables.put("CACHE_ENCRYPTION_KEY_FILES_9", key);
        assertThat(variables(variables).redis().password()).isEqualTo("a b");
        assertThat(variables(variables).encryption().currentKeyId()).isEqualTo(9);
    }

    @Test
    void secretFiles_missingOrBesideTheValue_areFaults() throws IOException {
        assertThat(faults("""
                redis:
                  uri: redis://h
                  username: app
                  usernameFile: %s
                  passwordFile: %s
                """.formatted(write("user", SECRET), folder.resolve("none"))))
                .containsExactly(
                        "redis.passwordFile is '" + folder.resolve("none") + "' (cache.yml, line 5); allowed: the path"
                                + " of a text file of at most 64 KiB that can be read",
                        "redis.usernameFile (cache.yml, line 4) is set, and redis.username too; give one of them");
    }

    @Test
    void everyFault_ofTheStores_isReportedAtOnce() {
        assertThat(faults("""
                redis:
                  topology: ring
                  nodes: ["a b", c]
                  masterName: m/x
                  database: 10000
                  username: ${SECRET}
                  poolSize: 1001
                  connectTimeout: 0
                  socketTimeout: 25h
                  tls: { trustStore: nowhere.p12, trustStorePassword: "${SECRET}", keyStorePassword: "${SECRET}", verifyHostName: maybe }
                  outage: { failures: 0, pause: 0s, heldWrites: 1000001, heldBytes: -1 }
                  poolSizes: 5
                disk: { folder: d, maxBytes: 0, busyTimeout: 11m }
                encryption: { currentKeyId: 1 }
                """))
                .containsExactlyInAnyOrder(
                        "redis.topology is 'ring' (cache.yml, line 2); allowed: standalone, sentinel, cluster",
                        "redis.nodes is 'a b,c' (cache.yml, line 3); allowed: one host:port; for several, redis.topology"
                                + " is sentinel or cluster",
                        "redis.masterName is 'm/x' (cache.yml, line 4); allowed: none, as redis.topology is not"
                                + " sentinel",
                        "redis.database is '10000' (cache.yml, line 5); allowed: 0 to 9,999",
                        "redis.poolSize is '1001' (cache.yml, line 7); allowed: 1 to 1,000",
                        "redis.connectTimeout is 'PT0S' (cache.yml, line 8); allowed: a positive duration of at most a"
                                + " day",
                        "redis.socketTimeout is 'PT25H' (cache.yml, line 9); allowed: a positive duration of at most a"
                                + " day",
                        "redis.tls.trustStore is 'nowhere.p12' (cache.yml, line 10); allowed: a file in PKCS 12 or JKS"
                                + " that opens with the password given",
                        "redis.tls.keyStore is 'none'; allowed: a file, as a password for it is given",
                        "redis.tls.verifyHostName is 'maybe' (cache.yml, line 10); allowed: true or false",
                        "redis.outage.failures is '0' (cache.yml, line 11); allowed: 1 to 1,000",
                        "redis.outage.pause is 'PT0S' (cache.yml, line 11); allowed: a positive duration of at most a"
                                + " day",
                        "redis.outage.heldWrites is '1000001' (cache.yml, line 11); allowed: 0 to 1,000,000",
                        "redis.outage.heldBytes is '-1' (cache.yml, line 11); allowed: a size such as 500, 64KB, 64KiB,"
                                + " 1GB",
                        "redis.poolSizes (cache.yml, line 12) is not a setting; did you mean redis.poolSize?",
                        "disk.maxBytes is '0' (cache.yml, line 13); allowed: 1 or more",
                        "disk.busyTimeout is 'PT11M' (cache.yml, line 13); allowed: 1 ms to 10 minutes",
                        "encryption.currentKeyId (cache.yml, line 14) is set, and no encryption.keys are; give the"
                                + " keys too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{uri: 'redis://h', nodes: [a]} | redis.nodes (cache.yml, line 1) is set beside redis.uri",
                "{topology: cluster} | neither redis.uri nor redis.nodes is",
                "{topology: sentinel, nodes: [a]} | redis.masterName is not set",
                "{topology: cluster, nodes: [a], database: 1} | 0, as a cluster has one database only",
                "{nodes: ['user:S3CRET@a']} | allowed: one host:port",
                "{uri: 'redis://h', sentinel: {password: x}} | none, as no Sentinels are asked",
                "{uri: 'rediss://h', tls: off} | the scheme of redis.uri asks for TLS",
                "{uri: 'redis://h', tls.verifyHostName: on, tls: off} | settings of TLS are given"
            })
    void settingsThatDoNotFit_areFaults(String redis, String told) {
        assertThat(faults("redis: " + redis)).anyMatch(fault -> fault.contains(told));
    }

    @Test
    void trustStore_withTheWrongPassword_isAFaultThatHidesIt() throws Exception {
        Path trust = keyStore("trust.p12", "right");
        assertThat(faults("redis: {uri: 'rediss://h', tls: {trustStore: '" + trust + "', trustStorePassword: S3CRET}}"))
                .singleElement()
                .asString()
                .startsWith("redis.tls.trustStore is '" + trust + "' (cache.yml, line 1); allowed: a file in PKCS 12");
    }

    @ParameterizedTest
    @CsvSource({
        "CACHE_REDIS_POOLSIZES, CACHE_REDIS_POOL_SIZE",
        "CACHE_REDIS_SENTINEL_PASWORD, CACHE_REDIS_SENTINEL_PASSWORD",
        "CACHE_DISK_FOLDERS, CACHE_DISK_FOLDER",
        "CACHE_ENCRYPTION_CURRENT_KEY, CACHE_ENCRYPTION_CURRENT_KEY_ID"
    })
    void misspeltVariable_isToldTheNearest(String written, String meant) {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> variables(Map.of(written, SECRET)));
        assertThat(faultsOf(failure)).containsExactly(written + " is not a setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CACHE_STAGE_FILE", "CACHE_MIRROR_LEGACY", "CACHED", "REDIS_POOLSIZES"})
    void variablesOfOthers_areLeftAlone(String name) {
        assertThat(variables(Map.of(name, "x")).redis()).isNull();
    }
}
