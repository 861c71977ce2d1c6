package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.ValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-10")
class ApplicationSettingsTest {
    private static final String URL = "redis://cache.example:6379";

    @TempDir
    Path folder;

    @Test
    @Tag("factory-case-17")
    void build_withoutAnything_hasTheDefaults() {
        CacheConfig config = CacheConfig.builder().build();

        assertThat(config.environment()).isEqualTo(CacheEnvironment.DEVELOPMENT);
        assertThat(config.ai()).isNull();
        assertThat(config.redis()).isNull();
        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"development,1800,50,2000,4", "testing,60,25,1000,1", "production,7200,200,1000,6"})
    @Tag("factory-case-18")
    @Tag("factory-case-19")
    void forEnvironment_tunesWhatNothingElseIsSaidOf(String name, long ttl, long entries, int threshold, int level) {
        CacheConfig config = CacheConfig.builder().forEnvironment(name).build();

        assertThat(config.environment().label()).isEqualTo(name);
        assertTuned(config, ttl, entries, threshold, level);
    }

    @Test
    @Tag("factory-case-20")
    void forEnvironment_ofAnotherName_isRefused() {
        ValidationException refused = catchThrowableOfType(
                ValidationException.class, () -> CacheConfig.builder().forEnvironment("staging"));

        assertThat(refused).hasMessageContaining("'staging'").hasMessageContaining("allowed: development, testing");
        assertThat(refused.context())
                .containsEntry("provided_environment", "staging")
                .containsEntry("valid_environments", List.of("development", "testing", "production"));
    }

    @Test
    @Tag("factory-DEF-32")
    void forEnvironment_afterAndBeforeExplicitValues_leavesThem() {
        CacheConfig after = CacheConfig.builder()
                .withCompression(300, 9)
                .withMemoryCache(7)
                .withDefaultTtl(Duration.ofSeconds(5))
                .forEnvironment("production")
                .build();
        CacheConfig before = CacheConfig.builder()
                .forEnvironment("production")
                .withCompression(300, 9)
                .withMemoryCache(7)
                .withDefaultTtl(Duration.ofSeconds(5))
                .build();

        assertTuned(after, 5, 7, 300, 9);
        assertTuned(before, 5, 7, 300, 9);
    }

    @Test
    @Tag("factory-case-21")
    void build_withFaults_namesEveryOne() {
        CacheConfigBuilder builder = CacheConfig.builder()
                .withRedis("http://cache.example")
                .withCompression(-1, 0)
                .withMemoryCache(-1);

        assertThat(builder.validate().isValid()).isFalse();
        assertThat(builder.validate().errors())
                .containsExactly(
                        "redis_url has the scheme 'http'; allowed: redis:// or rediss://",
                        "l1_cache_size is -1; allowed: 0 to 10,000 entries, 0 for none",
                        "compression_threshold is -1; allowed: 0 to 1,048,576 bytes",
                        "compression_level is 0; allowed: 1 to 9");
        ValidationException refused = catchThrowableOfType(ValidationException.class, builder::build);
        assertThat(refused.context()).containsKeys("errors", "warnings");
        assertThat(refused).hasMessageContaining("http").hasMessageContaining("compression_level is 0");
    }

    @Test
    @Tag("factory-case-21")
    void withMemoryCache_ofNone_keepsNothingInFrontOfRedis() {
        CacheConfig none =
                CacheConfig.builder().withRedis(URL).withMemoryCache(0).build();
        CacheConfig some =
                CacheConfig.builder().withRedis(URL).withMemoryCache(5).build();

        assertThat(none.defaults().tiers()).isEqualTo(TierPolicy.REDIS);
        assertThat(some.defaults().tiers()).isEqualTo(TierPolicy.MEMORY_REDIS);
        assertThat(some.faults()).isEmpty();
    }

    @Test
    @Tag("factory-case-22")
    void withSecurity_ofAMissingFile_isAFaultInProductionAndAWarningElsewhere() {
        Path missing = folder.resolve("missing.p12");
        CacheConfigBuilder builder = CacheConfig.builder().withRedis(URL).withSecurity(missing, null);

        assertThat(builder.validate().errors()).isEmpty();
        assertThat(builder.validate().warnings())
                .containsExactly("tls_cert_path names '" + missing + "', which is no file");
        assertThat(builder.build().redis().uri().getScheme()).isEqualTo("rediss");
        builder.forEnvironment("production");
        assertThat(builder.validate().errors())
                .containsExactly("tls_cert_path names '" + missing + "', which is no file");
        assertThatThrownBy(builder::build).isInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("factory-case-22")
    void withSecurity_ofAFile_trustsIt() throws IOException {
        Path trusted = Files.createFile(folder.resolve("trusted.p12"));
        RedisConfig redis = CacheConfig.builder()
                .forEnvironment("production")
                .withRedis(URL)
                .withSecurity(trusted, null)
                .build()
                .redis();

        assertThat(redis.uri()).hasToString("rediss://cache.example:6379");
        assertThat(redis.tls().trustStore()).isEqualTo(trusted);
    }

    @Test
    @Tag("factory-case-23")
    @Tag("factory-DEF-12")
    void withAiFeatures_ofAnUnknownOption_saysWhatWasProbablyMeant() {
        ValidationException refused = catchThrowableOfType(
                ValidationException.class, () -> CacheConfig.builder().withAiFeatures(Map.of("text_hash_treshold", 5)));

        assertThat(refused).hasMessageContaining("did you mean text_hash_threshold?");
        assertThat(refused.context())
                .containsEntry("unknown_options", List.of("text_hash_treshold"))
                .containsKey("valid_options");
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:hunter2@host",
                "redis://u:hunter2@",
                "redis://u:hun ter2@host",
                "redis://u:hunter2@host:0"
            })
    @Tag("factory-DEF-17")
    @Tag("factory-DEF-33")
    void build_ofABadAddress_repeatsNoSecret(String url) {
        ValidationException refused = catchThrowableOfType(
                ValidationException.class,
                () -> CacheConfig.builder().withRedis(url).build());

        assertThat(refused).hasMessageContaining("redis_url");
        assertThat(refused.getMessage() + refused.context()).doesNotContain("ter2");
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

    @Test
    @Tag("factory-case-32")
    void textTiers_thatDoNotRise_areAFault() {
        assertThat(CacheConfig.builder()
                        .withAiFeatures(AiConfig.DEFAULTS.withTextTiers(new TextTiers(10, 5, 20)))
                        .validate()
                        .errors())
                .singleElement()
                .asString()
                .contains("text_size_tiers are {large=20, medium=5, small=10}; allowed: positive numbers that rise");
    }

    @Test
    void warnings_tellWhatLooksLikeAMistake() {
        ConfigValidation validation = CacheConfig.builder()
                .withCompression(0, 6)
                .withSettings(Map.of(
                        "enable_l1_cache", false, "l1_cache_size", 5, "redis_password", "x", "enable_ai_cache", true))
                .withAiFeatures(Map.of("operation_ttls", Map.of("translate", 700_000)))
                .validate();

        assertThat(validation.isValid()).isTrue();
        assertThat(validation.warnings())
                .anyMatch(each -> each.startsWith("compression_threshold is 0"))
                .anyMatch(each -> each.startsWith("enable_l1_cache is off"))
                .anyMatch(each -> each.startsWith("redis_password and use_tls have no effect"))
                .anyMatch(each -> each.startsWith("operation_ttls.translate names an operation"))
                .anyMatch(each -> each.equals("operation_ttls.translate is longer than a week"));
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
    @Tag("factory-DEF-31")
    void build_isNotChangedByLaterCalls() {
        Map<String, Duration> times = new HashMap<>(Map.of("qa", Duration.ofSeconds(77)));
        CacheConfigBuilder builder = CacheConfig.builder()
                .forEnvironment("testing")
                .withAiFeatures(AiConfig.DEFAULTS.withOperationTtls(times));
        CacheConfig built = builder.build();

        times.put("qa", Duration.ofSeconds(1));
        builder.forEnvironment("production")
                .withMemoryCache(9)
                .region(RegionConfig.builder("later").build())
                .withAiFeatures(AiConfig.DEFAULTS);

        assertTuned(built, 60, 25, 1_000, 1);
        assertThat(built.regions()).isEmpty();
        assertThat(built.ai().operationTtls()).containsExactly(Map.entry("qa", Duration.ofSeconds(77)));
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

    private static void assertTuned(CacheConfig config, long ttl, long entries, int threshold, int level) {
        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(ttl));
        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(entries);
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(threshold, level));
    }
}
