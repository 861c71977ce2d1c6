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
import java.util.stream.Stream;
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

    private static void assertTuned(CacheConfig config, long ttl, long entries, int threshold, int level) {
        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(ttl));
        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(entries);
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(threshold, level));
    }

    @Test
    @Tag("factory-DEF-17")
    void saveToFile_readAgain_isTheSameWithoutThePasswordInIt(@TempDir Path folder) throws IOException {
        CacheConfigBuilder builder = CacheConfig.builder()
                .forEnvironment("production")
                .withRedis("redis://app:s3cr:t@cache.example:6379/2", "other-s3cret", true)
                .withCompression(500, 9)
                .withMemoryCache(70)
                .withAiFeatures(Map.of("text_hash_threshold", 700, "operation_ttls", Map.of("qa", 77)));
        Path file = folder.resolve("conf/cache.json");
        assertThatThrownBy(() -> builder.saveToFile(file, false))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        told -> assertThat(told.context()).containsKey("error_type"));
        builder.saveToFile(file, true);
        assertThat(Files.readString(file)).doesNotContain("s3cr").contains("${CACHE_REDIS_PASSWORD}");
        assertThat(builder.toMap().toString()).doesNotContain("s3cr");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        CacheConfig again = CacheConfig.builder()
                .fromFile(file, Map.of("CACHE_REDIS_PASSWORD", "p"))
                .build();
        CacheConfig first = builder.build();
        assertThat(again.ai()).isEqualTo(first.ai());
        assertThat(again.defaults()).isEqualTo(first.defaults());
        assertThat(again.environment()).isEqualTo(first.environment());
        assertThat(again.redis().password()).isEqualTo("p");
        assertThat(again.redis().uri()).hasToString("rediss://app:p@cache.example:6379/2");
    }
}
