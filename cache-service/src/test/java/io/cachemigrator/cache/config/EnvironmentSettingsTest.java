package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-10")
class EnvironmentSettingsTest {
    private static final Map<String, String> LEGACY = Map.of(
            "REDIS_URL", "redis://legacy:6379",
            "AI_CACHE_DEFAULT_TTL", "100",
            "CACHE_TTL", "200",
            "AI_CACHE_MEMORY_CACHE_SIZE", "11",
            "AI_CACHE_COMPRESSION_THRESHOLD", "300",
            "AI_CACHE_COMPRESSION_LEVEL", "2");

    @Test
    void fromEnvironment_ofLegacyNames_readsThem() {
        assertRead(LEGACY, "redis://legacy:6379", 100, 11, new CompressionConfig(300, 2));
    }

    @Test
    void fromEnvironment_ofNamesAfterTheSettingsStep_prefersThem() {
        Map<String, String> both = new HashMap<>(LEGACY);
        both.put("CACHE_REDIS_URI", "redis://consolidated:6379");
        both.put("CACHE_REGION_AI_RESPONSES_DEFAULT_TTL", "400");
        both.put("CACHE_REGION_AI_RESPONSES_MEMORY_MAX_ENTRIES", "22");
        both.put("CACHE_REGION_AI_RESPONSES_COMPRESSION_THRESHOLD", "500");
        both.put("CACHE_REGION_AI_RESPONSES_COMPRESSION_LEVEL", "3");

        assertRead(both, "redis://consolidated:6379", 400, 22, new CompressionConfig(500, 3));
    }

    @Test
    void fromEnvironment_ofDefaultsOfAllRegions_readsThem() {
        CacheConfig config = read(Map.of("CACHE_DEFAULT_TTL", "PT10M", "CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", "33"));

        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(33);
    }

    @Test
    @Tag("factory-DEF-18")
    void fromEnvironment_ofPasswordAndTls_reachesTheServerWithThem() {
        CacheConfig config = read(Map.of("REDIS_URL", "redis://h:1", "REDIS_AUTH", "hunter2", "REDIS_USE_TLS", "yes"));

        assertThat(config.redis().password()).isEqualTo("hunter2");
        assertThat(config.redis().uri()).hasToString("rediss://h:1");
    }

    @Test
    @Tag("factory-DEF-10")
    void fromEnvironment_ofTheAiCache_reachesItsConfiguration() {
        CacheConfig config = read(Map.of(
                "ENABLE_AI_CACHE", "true",
                "AI_CACHE_TEXT_HASH_THRESHOLD", "50",
                "AI_CACHE_HASH_ALGORITHM", "md5",
                "AI_CACHE_TEXT_SIZE_TIERS", "{\"small\": 1, \"medium\": 2, \"large\": 3}",
                "AI_CACHE_OPERATION_TTLS", "{\"qa\": 60}",
                "CACHE_CUSTOM_CONFIG", "{\"operation_ttls\": {\"qa\": 77}, \"compression_level\": 8}"));

        assertThat(config.ai().textHashThreshold()).isEqualTo(50);
        assertThat(config.ai().hashAlgorithm()).isEqualTo("MD5");
        assertThat(config.ai().textTiers()).isEqualTo(new TextTiers(1, 2, 3));
        assertThat(config.ai().operationTtls()).containsEntry("qa", Duration.ofSeconds(77));
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(1_000, 8));
    }

    @Test
    @Tag("factory-DEF-17")
    void fromEnvironment_withFaults_namesTheVariablesAndRepeatsNoText() {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> read(
                        Map.of("CACHE_TTL", "hunter2", "REDIS_URL", "redis://u:hunter2@", "REDIS_USE_TLS", "maybe")));

        assertThat(refused)
                .hasMessageContaining("default_ttl from CACHE_TTL")
                .hasMessageContaining("redis_url from REDIS_URL")
                .hasMessageContaining("default_ttl is text")
                .hasMessageContaining("use_tls is text and no flag");
        assertThat(refused.getMessage() + refused.context()).doesNotContain("hunter2");
        assertThatThrownBy(() -> read(Map.of("CACHE_CUSTOM_CONFIG", "{hunter2")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CACHE_CUSTOM_CONFIG is no JSON object")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void fromEnvironment_ofAPreset_startsFromIt() {
        CacheConfig config = read(Map.of("CACHE_PRESET", "ai-production", "AI_CACHE_COMPRESSION_LEVEL", "2"));

        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofHours(4));
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(300, 2));
        assertThat(config.ai()).isNotNull();
        assertThat(read(Map.of("CACHE_PRESET", "web")).defaults())
                .isEqualTo(CachePreset.WEB.builder().build().defaults());
        assertThat(read(Map.of("CACHE_PRESET", "testing")).failOnConnectionError())
                .isTrue();
        assertThatThrownBy(() -> read(Map.of("CACHE_PRESET", "nope")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'nope'")
                .hasMessageContaining("ai-production, testing, web, ai");
    }

    private static void assertRead(
            Map<String, String> variables, String uri, long ttl, long entries, CompressionConfig compression) {
        CacheConfig config = read(variables);
        assertThat(config.redis().uri()).hasToString(uri);
        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofSeconds(ttl));
        assertThat(config.defaults().memoryMaxEntries()).isEqualTo(entries);
        assertThat(config.defaults().compression()).isEqualTo(compression);
    }

    private static CacheConfig read(Map<String, String> variables) {
        return CacheConfig.builder().fromEnvironment(variables).build();
    }
}
