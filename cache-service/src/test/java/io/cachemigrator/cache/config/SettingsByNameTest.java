package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SVC-10")
class SettingsByNameTest {
    private static final String URL = "redis://cache.example:6379";

    @TempDir
    Path folder;

    @Test
    @Tag("factory-case-24")
    @Tag("factory-DEF-17")
    void fromFile_thatIsNoJson_leavesTheStateAndRepeatsNoText() throws IOException {
        Path file =
                Files.writeString(folder.resolve("bad.json"), "{\"default_ttl\": 5,\n \"redis_password\": hunter2}");
        CacheConfigBuilder builder = CacheConfig.builder().withDefaultTtl(Duration.ofSeconds(9));

        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> builder.fromFile(file));

        assertThat(refused.context())
                .containsEntry("file_path", file.toString())
                .containsKey("json_error");
        assertThat(refused.getMessage() + refused.context()).contains("line 2").doesNotContain("hunter2");
        assertThat(refused).hasNoCause();
        assertThat(builder.build().defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @Tag("factory-case-24")
    void fromFile_withFaultsOrMissing_leavesTheState() throws IOException {
        Path file = Files.writeString(folder.resolve("faults.json"), "{\"default_ttl\": 5, \"compression_level\": 10}");
        CacheConfigBuilder builder = CacheConfig.builder().withDefaultTtl(Duration.ofSeconds(9));

        assertThatThrownBy(() -> builder.fromFile(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("faults.json")
                .hasMessageContaining("compression_level is 10; allowed: 1 to 9");
        assertThatThrownBy(() -> builder.fromFile(folder.resolve("none.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is no file");
        assertThat(builder.build().defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @Tag("factory-DEF-17")
    void fromFile_takesSecretsFromVariables() throws IOException {
        Path file = Files.writeString(
                folder.resolve("cache.json"),
                "{\"redis_url\": \"" + URL + "\", \"redis_password\": \"${SECRET}\", \"use_tls\": true,"
                        + " \"ai_config\": {\"operation_ttls\": {\"qa\": 77}}}");

        CacheConfig config = CacheConfig.builder()
                .fromFile(file, Map.of("SECRET", "hunter2"))
                .build();

        assertThat(config.redis().password()).isEqualTo("hunter2");
        assertThat(config.redis().uri().getScheme()).isEqualTo("rediss");
        assertThat(config.ai().operationTtls()).containsEntry("qa", Duration.ofSeconds(77));
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> CacheConfig.builder().fromFile(file, Map.of()))
                .hasMessageContaining("asks for the variable SECRET in redis_password");
    }

    @Test
    @Tag("factory-DEF-33")
    void settings_takeNoFlagForANumberAndNoAddressWithoutHost() {
        assertThatThrownBy(() -> CacheConfig.builder()
                        .withSettings(Map.of(
                                "l1_cache_size", true, "default_ttl", 1.5, "use_tls", 1, "redis_url", "redis://:6379")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("l1_cache_size is a flag; allowed: a whole number")
                .hasMessageContaining("default_ttl is a number with a fraction")
                .hasMessageContaining("use_tls is")
                .hasMessageContaining("redis_url names no host");
    }

    @Test
    @Tag("factory-case-29")
    void withSettings_mapsTheAliasAndTheOptionsOfTheAiCache() {
        CacheConfig config = CacheConfig.builder()
                .withSettings(Map.of("redis_url", URL, "memory_cache_size", 50, "text_hash_threshold", 9))
                .build();

        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(50);
        assertThat(config.defaults().tiers()).isEqualTo(TierPolicy.MEMORY_REDIS);
        assertThat(config.ai().textHashThreshold()).isEqualTo(9);
    }

    @Test
    @Tag("factory-case-30")
    void withSettings_ofTwoSizes_isAConflict() {
        assertThatThrownBy(() -> CacheConfig.builder().withSettings(Map.of("memory_cache_size", 5, "l1_cache_size", 6)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("memory_cache_size is 5 and l1_cache_size 6");
        assertThat(CacheConfig.builder()
                        .withSettings(Map.of("memory_cache_size", 5, "l1_cache_size", 5))
                        .build()
                        .defaults()
                        .memoryMaxEntries())
                .isEqualTo(5);
    }

    @Test
    @Tag("factory-case-31")
    @Tag("factory-DEF-12")
    void withSettings_ofFaults_namesEveryOne() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> CacheConfig.builder()
                        .withSettings(
                                Map.of("memory_cache_size", -10, "text_hash_threshold", "many", "defalt_ttl", 5)));

        assertThat(refused)
                .hasMessageContaining("l1_cache_size is -10; allowed: 0 to 10,000")
                .hasMessageContaining("text_hash_threshold is text; allowed: a whole number")
                .hasMessageContaining("defalt_ttl is not a setting; did you mean default_ttl?");
        assertThat((List<?>) refused.context().get("errors")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "default_ttl,0,1,31536000,31536001",
        "l1_cache_size,-1,0,10000,10001",
        "compression_threshold,-1,0,1048576,1048577",
        "compression_level,0,1,9,10",
        "max_connections,0,1,100,101",
        "connection_timeout,0,1,60,61",
        "text_hash_threshold,0,1,100000,100001"
    })
    @Tag("factory-DEF-19")
    void ranges_areTheSameWhereverASettingComesFrom(String name, long below, long least, long most, long above)
            throws IOException {
        for (long bad : new long[] {below, above}) {
            String fault = name + " is " + bad + "; allowed: ";
            assertThatThrownBy(() -> CacheConfig.builder().withSettings(Map.of(name, bad)))
                    .hasMessageContaining(fault);
            assertThatThrownBy(() -> CacheConfig.builder().fromFile(file(name, bad), Map.of()))
                    .hasMessageContaining(fault);
            assertThatThrownBy(() -> CacheConfig.builder().fromEnvironment(custom(name, bad)))
                    .hasMessageContaining(fault);
        }
        for (long good : new long[] {least, most}) {
            assertThat(CacheConfig.builder()
                            .withSettings(Map.of(name, good))
                            .validate()
                            .errors())
                    .isEmpty();
            assertThat(CacheConfig.builder()
                            .fromFile(file(name, good), Map.of())
                            .validate()
                            .errors())
                    .isEmpty();
            assertThat(CacheConfig.builder()
                            .fromEnvironment(custom(name, good))
                            .validate()
                            .errors())
                    .isEmpty();
        }
    }

    @Test
    @Tag("factory-DEF-19")
    void ranges_ofTheBuilder_areThoseOfSettings() {
        assertThat(CacheConfig.builder()
                        .withDefaultTtl(Duration.ZERO)
                        .withMemoryCache(10_001)
                        .withCompression(1_048_577, 10)
                        .withAiFeatures(AiConfig.DEFAULTS
                                .withTextHashThreshold(0)
                                .withOperationTtls(Map.of("qa", Duration.ZERO)))
                        .validate()
                        .errors())
                .containsExactlyInAnyOrder(
                        SettingRange.DEFAULT_TTL.fault(0),
                        SettingRange.L1_CACHE_SIZE.fault(10_001),
                        SettingRange.COMPRESSION_THRESHOLD.fault(1_048_577),
                        SettingRange.COMPRESSION_LEVEL.fault(10),
                        SettingRange.TEXT_HASH_THRESHOLD.fault(0),
                        SettingRange.OPERATION_TTL.fault("operation_ttls.qa", 0));
    }

    @Test
    void withSettings_ofTheThresholdAlone_compresses() {
        assertThat(CacheConfig.builder()
                        .withSettings(Map.of("compression_threshold", 500))
                        .build()
                        .defaults()
                        .compression())
                .isEqualTo(new CompressionConfig(500, 6));
    }

    private static Map<String, String> custom(String name, long value) {
        return Map.of("CACHE_CUSTOM_CONFIG", "{\"" + name + "\": " + value + "}");
    }

    private Path file(String name, long value) throws IOException {
        return Files.writeString(folder.resolve("settings.json"), "{\"" + name + "\": " + value + "}");
    }
}
