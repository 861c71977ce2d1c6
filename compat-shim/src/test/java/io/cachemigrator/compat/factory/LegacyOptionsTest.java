package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.compat.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The legacy defaults, what variables change of them, and what is refused. */
@Tag("SHM-1")
class LegacyOptionsTest {
    private static final String SECRET = "s3cr3t-Pa55";

    @TempDir
    Path folder;

    @Test
    void build_withoutAnything_hasTheLegacyDefaults() {
        LegacyOptions options = LegacyOptions.builder().build();
        assertThat(options.legacy().uri()).hasToString("redis://redis:6379");
        assertThat(options.target()).isEqualTo(options.legacy());
        assertThat(options.defaultTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(options.enableL1Cache()).isTrue();
        assertThat(options.l1CacheSize()).isEqualTo(100);
        assertThat(options.enableCompression()).isTrue();
        assertThat(options.compressionThreshold()).isEqualTo(1_000);
        assertThat(options.compressionLevel()).isEqualTo(6);
        assertThat(options.ai().textHashThreshold()).isEqualTo(1_000);
        assertThat(options.ai().hashAlgorithm()).isEqualTo("SHA-256");
        assertThat(options.ai().questionInOptions()).isTrue();
        assertThat(options.ai().operationTtls()).isEqualTo(AiConfig.OPERATION_TTLS);
        assertThat(options.encryptionKey()).isNull();
        assertThat(options.encryptionRequired()).isFalse();
        assertThat(options.failOnConnectionError()).isFalse();
        assertThat(options.inMemory()).isFalse();
        assertThat(options.stage().current()).isEqualTo(new Stage.Legacy());
        assertThat(LegacyOptions.builder()
                        .redisUrlOtherwise("rediss://redis:6380")
                        .build()
                        .legacy()
                        .uri())
                .hasToString("rediss://redis:6380");
    }

    @Test
    @Tag("factory-DEF-18")
    @DisplayName("DEF-18: declared security settings are used, and none is made up")
    void build_variables_areTaken() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REDIS_URL", "redis://cache.example:7000/3");
        variables.put("REDIS_ACL_USERNAME", "app");
        variables.put("REDIS_ACL_PASSWORD", SECRET);
        variables.put("REDIS_AUTH", "not this one");
        variables.put("REDIS_USE_TLS", "yes");
        variables.put("REDIS_VERIFY_CERTIFICATES", "false");
        variables.put("REDIS_CONNECTION_TIMEOUT", "30");
        variables.put("CACHE_REDIS_URI", "redis://target.example:7001");
        variables.put("CACHE_TTL", "1800");
        variables.put("CACHE_SIZE", "50");
        variables.put("ENABLE_COMPRESSION", "False");
        variables.put("REDIS_ENCRYPTION_KEY", FactorySample.fernetKey());
        variables.put("USE_CONSOLIDATED_CACHE", "true");
        variables.put("CACHE_MIRROR_LEGACY", "false");
        LegacyOptions options = LegacyOptions.builder(variables).build();
        RedisConfig legacy = options.legacy();
        assertThat(legacy.uri()).hasToString("rediss://cache.example:7000/3");
        assertThat(legacy.username()).isEqualTo("app");
        assertThat(legacy.password()).isEqualTo(SECRET);
        assertThat(legacy.connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Objects.requireNonNull(legacy.tls()).verifyHostName()).isFalse();
        assertThat(options.target().uri()).hasToString("redis://target.example:7001");
        assertThat(options.defaultTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(options.l1CacheSize()).isEqualTo(50);
        assertThat(options.enableCompression()).isFalse();
        assertThat(options.encryptionKey()).isEqualTo(FactorySample.fernetKey());
        assertThat(options.stage().current()).isEqualTo(new Stage.Consolidated());
        assertThat(options.staged().mirror()).isFalse();
        assertThat(LegacyOptions.builder(Map.of("REDIS_AUTH", SECRET))
                        .build()
                        .legacy()
                        .password())
                .isEqualTo(SECRET);
        assertThat(LegacyOptions.builder(Map.of("REDIS_TLS_ENABLED", "true", "REDIS_USE_TLS", "false"))
                        .build()
                        .legacy()
                        .isSecured())
                .isFalse();
        RedisConfig plain = LegacyOptions.builder().build().legacy();
        assertThat(plain.password()).isNull();
        assertThat(plain.tls()).isNull();
    }

    @Test
    @DisplayName("settings that have been migrated already are read by their new names, which come first")
    void build_newNames_areTaken() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CACHE_REDIS_URI", "redis://new.example:7001/2");
        variables.put("CACHE_REDIS_PASSWORD", SECRET);
        variables.put("CACHE_DEFAULT_TTL", "15m");
        variables.put("CACHE_TTL", "7");
        variables.put("CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", "70");
        variables.put("CACHE_SIZE", "7");
        variables.put("CACHE_DEFAULTS_COMPRESSION", "false");
        variables.put("ENABLE_COMPRESSION", "true");
        LegacyOptions options = LegacyOptions.builder(variables).build();
        assertThat(options.legacy().uri()).hasToString("redis://new.example:7001/2");
        assertThat(options.legacy().password()).isEqualTo(SECRET);
        assertThat(options.target()).isEqualTo(options.legacy());
        assertThat(options.defaultTtl()).isEqualTo(Duration.ofMinutes(15));
        assertThat(options.l1CacheSize()).isEqualTo(70);
        assertThat(options.enableCompression()).isFalse();
        for (Map.Entry<String, Duration> ttl : Map.of(
                        "90", Duration.ofSeconds(90), "PT1H30M", Duration.ofMinutes(90), "2d", Duration.ofDays(2))
                .entrySet()) {
            assertThat(LegacyOptions.builder(Map.of("CACHE_DEFAULT_TTL", ttl.getKey()))
                            .build()
                            .defaultTtl())
                    .isEqualTo(ttl.getValue());
        }
        assertThat(LegacyOptions.builder(Map.of("CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", "50000"))
                        .build()
                        .l1CacheSize())
                .as("what other caches may have")
                .isEqualTo(10_000);
        for (Map<String, String> wrong : List.of(
                Map.of("CACHE_DEFAULT_TTL", "soon"),
                Map.of("CACHE_DEFAULT_TTL", "0"),
                Map.of("CACHE_DEFAULT_TTL", "P400D"),
                Map.of("CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", "many"),
                Map.of("CACHE_DEFAULTS_COMPRESSION", "zstd"))) {
            assertThatThrownBy(() -> LegacyOptions.builder(wrong).build())
                    .as("%s", wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("; allowed: ");
        }
    }

    @Test
    @DisplayName("what is set in code wins, and a variable that it replaces is not looked at")
    void build_codeAndVariables_codeWins() {
        LegacyOptions options = LegacyOptions.builder(Map.of(
                        "REDIS_URL", "redis://one.example",
                        "CACHE_TTL", "none",
                        "CACHE_SIZE", "none",
                        "ENABLE_COMPRESSION", "none",
                        "REDIS_ENCRYPTION_KEY", "none"))
                .redisUrl("redis://:" + SECRET + "@two.example")
                .defaultTtl(Duration.ofSeconds(5))
                .l1CacheSize(7)
                .enableCompression(true)
                .encryptionKey(FactorySample.fernetKey())
                .build();
        assertThat(options.legacy().hosts()).containsExactly("two.example:6379");
        assertThat(options.defaultTtl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.l1CacheSize()).isEqualTo(7);
    }

    @Test
    @Tag("factory-DEF-17")
    @Tag("factory-DEF-19")
    @Tag("factory-DEF-33")
    @DisplayName("DEF-17, DEF-19: every fault is told at once, against the one table, and no secret with it")
    void build_manyFaults_namesAll() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REDIS_URL", "http://user:" + SECRET + "@x");
        variables.put("CACHE_TTL", "soon");
        variables.put("CACHE_SIZE", "10001");
        variables.put("ENABLE_COMPRESSION", "perhaps");
        variables.put("REDIS_CONNECTION_TIMEOUT", "61");
        variables.put("REDIS_ENCRYPTION_KEY", SECRET);
        variables.put("REDIS_TLS_CA_PATH", folder.resolve("none").toString());
        variables.put("USE_CONSOLIDATED_CACHE", "maybe");
        variables.put("CACHE_SHADOW_PERCENT", "101");
        variables.put("CACHE_REDIS_URI", "redis://:" + SECRET);
        assertThatThrownBy(() -> LegacyOptions.builder(variables)
                        .compressionLevel(10)
                        .compressionThreshold(-1)
                        .textHashThreshold(0)
                        .hashAlgorithm("CRC")
                        .operationTtls(Map.of("qa", Duration.ZERO))
                        .circuitBreaker(0, Duration.ZERO)
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.context().get("errors"))
                                .asInstanceOf(InstanceOfAssertFactories.LIST)
                                .hasSize(17))
                .hasMessageContainingAll(
                        "REDIS_URL is no address of Redis",
                        "CACHE_TTL is no whole number; allowed: 1 to 31,536,000 seconds",
                        "CACHE_SIZE is 10001; allowed: 0 to 10,000",
                        "ENABLE_COMPRESSION is 'perhaps'",
                        "REDIS_CONNECTION_TIMEOUT is 61; allowed: 1 to 60 seconds",
                        "encryption_key is no Fernet key",
                        "REDIS_TLS_CA_PATH names",
                        "USE_CONSOLIDATED_CACHE is 'maybe'",
                        "CACHE_SHADOW_PERCENT is '101'",
                        "CACHE_REDIS_URI or what belongs to it cannot be used",
                        "compression_level is 10; allowed: 1 to 9",
                        "compression_threshold is -1; allowed: 0 to 1,048,576 bytes",
                        "text_hash_threshold is 0",
                        "hash_algorithm is 'CRC'",
                        "operation_ttls.qa is 0",
                        "opens after 0 failures",
                        "stays open for PT0S",
                        "Correct the values.")
                .message()
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:6379",
                "redis://",
                "x",
                "redis://host:0",
                "redis://host:70000",
                "redis://a b",
                "redis://h/x",
                "redis-cluster://a:1,b:2"
            })
    @Tag("factory-DEF-33")
    @DisplayName("DEF-33: an address without a host, or that is none, is refused")
    void build_badAddress_isRefused(String url) {
        assertThatThrownBy(() -> LegacyOptions.builder().redisUrl(url).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("redis_url is no address of Redis; allowed: redis://host:port")
                .message()
                .doesNotContain(url.length() > 8 ? url : "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "P366D"})
    @Tag("factory-DEF-21")
    @Tag("factory-DEF-19")
    @DisplayName("DEF-19, DEF-21: a time to live outside the range is refused here too")
    void build_badTtl_isRefused(String ttl) {
        assertThatThrownBy(() ->
                        LegacyOptions.builder().defaultTtl(Duration.parse(ttl)).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("default_ttl is ")
                .hasMessageContaining("allowed: 1 to 31,536,000 seconds");
    }

    @Test
    @Tag("factory-DEF-16")
    @DisplayName("DEF-16: encryption that is required and has no key fails at the start")
    void build_encryptionRequiredWithoutKey_isRefused() {
        assertThatThrownBy(
                        () -> LegacyOptions.builder().encryptionRequired(true).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("encryption is required, and there is no encryption_key");
        assertThat(LegacyOptions.builder(Map.of("REDIS_ENCRYPTION_KEY", FactorySample.fernetKey() + "\n"))
                        .encryptionRequired(true)
                        .build()
                        .encryptionKey())
                .isEqualTo(FactorySample.fernetKey());
    }

    @Test
    @Tag("factory-DEF-17")
    void toString_withSecrets_showsNone() {
        LegacyOptions options = LegacyOptions.builder()
                .redisUrl("redis://user:" + SECRET + "@cache.example:6379")
                .encryptionKey(FactorySample.fernetKey())
                .encryptionRequired(true)
                .build();
        assertThat(options.toString())
                .doesNotContain(SECRET, FactorySample.fernetKey())
                .contains("cache.example:6379", "encryption=a key, required", "compression=1000/6", "l1CacheSize=100");
    }

    @Test
    @DisplayName("a record made by hand is checked as well")
    void constructor_outOfRange_isRefused() {
        LegacyOptions good = LegacyOptions.builder().build();
        assertThatThrownBy(() -> new LegacyOptions(
                        RedisConfig.of("redis-cluster://a:1,b:2"),
                        good.target(),
                        good.defaultTtl(),
                        true,
                        -1,
                        true,
                        1,
                        1,
                        good.ai(),
                        null,
                        true,
                        false,
                        good.stage(),
                        good.staged(),
                        5,
                        Duration.ofSeconds(1),
                        null,
                        false,
                        good.clock()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "l1_cache_size is -1", "there is no encryption_key", "redis_url names several servers");
    }

    @Test
    void build_pemFile_isRefusedWithTheWayOut() throws IOException {
        Path pem = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        for (String name : new String[] {"REDIS_TLS_CA_PATH", "REDIS_TLS_KEY_PATH", "REDIS_TLS_CERT_PATH"}) {
            assertThatThrownBy(() ->
                            LegacyOptions.builder(Map.of(name, pem.toString())).build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(name + " names a PEM file; allowed: a PKCS 12 or JKS file");
        }
    }

    @Test
    @DisplayName("both regions of the target take the time to live, the memory and the compression of the options")
    void config_ofTheTarget_isAsTheOptionsSay() {
        CacheConfig config = FactoryTarget.config(LegacyOptions.builder()
                .defaultTtl(Duration.ofMinutes(9))
                .l1CacheSize(33)
                .compressionThreshold(500)
                .compressionLevel(9)
                .build());
        for (String name : new String[] {"web", "ai-responses"}) {
            RegionConfig region = config.regionOrDefaults(name);
            assertThat(region.defaultTtl()).isEqualTo(Duration.ofMinutes(9));
            assertThat(region.memoryMaxEntries()).isEqualTo(33);
            assertThat(region.compression()).isEqualTo(new CompressionConfig(500, 9));
            assertThat(config.tiersOf(region)).isEqualTo(TierPolicy.MEMORY_REDIS);
            assertThat(region.encrypted()).isFalse();
            assertThat(region.tagIndex()).isEqualTo(name.equals("ai-responses"));
        }
        CacheConfig bare = FactoryTarget.config(LegacyOptions.builder()
                .enableL1Cache(false)
                .enableCompression(false)
                .build());
        assertThat(bare.tiersOf(bare.regionOrDefaults("web"))).isEqualTo(TierPolicy.REDIS);
        assertThat(bare.regionOrDefaults("web").compression()).isNull();
    }

    @Test
    @DisplayName("whoever sets the stores may set more, and a key still encrypts")
    void config_withService_isWhatItSets() {
        Consumer<CacheConfigBuilder> stores = builder -> builder.diskFolder(folder)
                .region(RegionConfig.builder("web").memoryMaxEntries(5).build());
        CacheConfig config = FactoryTarget.config(LegacyOptions.builder()
                .service(stores)
                .encryptionKey(FactorySample.fernetKey())
                .build());
        assertThat(config.redis()).isNull();
        assertThat(config.regionOrDefaults("web").memoryMaxEntries()).isEqualTo(5);
        for (String name : new String[] {"web", "ai-responses"}) {
            assertThat(config.regionOrDefaults(name).encrypted()).isTrue();
            assertThat(config.regionOrDefaults(name).acceptPlain()).isTrue();
        }
    }
}
