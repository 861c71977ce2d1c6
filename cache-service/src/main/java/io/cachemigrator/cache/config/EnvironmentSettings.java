package io.cachemigrator.cache.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What variables say of an application's cache. Where several name the same setting, the first that is set counts:
 *
 * <ul>
 *   <li>{@code CACHE_PRESET}: an {@link ApplicationPreset} or {@link CachePreset}, over which all others win;
 *       {@code CACHE_ENVIRONMENT}
 *   <li>{@code CACHE_REDIS_URI}, {@code CACHE_REDIS_URL}, {@code AI_CACHE_REDIS_URL}, {@code REDIS_URL};
 *       {@code CACHE_REDIS_PASSWORD}, {@code REDIS_AUTH}; {@code REDIS_USE_TLS}, {@code REDIS_TLS_ENABLED};
 *       {@code REDIS_CONNECTION_TIMEOUT} in seconds
 *   <li>{@code CACHE_REGION_AI_RESPONSES_DEFAULT_TTL}, {@code CACHE_DEFAULT_TTL}, {@code AI_CACHE_DEFAULT_TTL},
 *       {@code CACHE_TTL}: seconds, or an ISO 8601 duration
 *   <li>{@code CACHE_REGION_AI_RESPONSES_MEMORY_MAX_ENTRIES}, {@code CACHE_DEFAULTS_MEMORY_MAX_ENTRIES},
 *       {@code AI_CACHE_MEMORY_CACHE_SIZE}, {@code CACHE_SIZE}; {@code AI_CACHE_ENABLE_L1_CACHE}
 *   <li>{@code CACHE_REGION_AI_RESPONSES_COMPRESSION_THRESHOLD}, {@code AI_CACHE_COMPRESSION_THRESHOLD};
 *       {@code CACHE_REGION_AI_RESPONSES_COMPRESSION_LEVEL}, {@code AI_CACHE_COMPRESSION_LEVEL}
 *   <li>{@code ENABLE_AI_CACHE}, {@code AI_CACHE_TEXT_HASH_THRESHOLD}, {@code AI_CACHE_HASH_ALGORITHM};
 *       {@code AI_CACHE_TEXT_SIZE_TIERS} and {@code AI_CACHE_OPERATION_TTLS} as JSON
 *   <li>{@code CACHE_CUSTOM_CONFIG}, a JSON object of settings that wins over all others
 * </ul>
 */
public final class EnvironmentSettings {
    private static final String CUSTOM = "CACHE_CUSTOM_CONFIG";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Variables by setting; the first that is set counts. */
    private static final Map<String, List<String>> SETTINGS = Map.ofEntries(
            Map.entry("environment", List.of("CACHE_ENVIRONMENT")),
            Map.entry("redis_url", List.of("CACHE_REDIS_URI", "CACHE_REDIS_URL", "AI_CACHE_REDIS_URL", "REDIS_URL")),
            Map.entry("redis_password", List.of("CACHE_REDIS_PASSWORD", "REDIS_AUTH")),
            Map.entry("use_tls", List.of("REDIS_USE_TLS", "REDIS_TLS_ENABLED")),
            Map.entry(
                    "default_ttl",
                    List.of(
                            "CACHE_REGION_AI_RESPONSES_DEFAULT_TTL",
                            "CACHE_DEFAULT_TTL",
                            "AI_CACHE_DEFAULT_TTL",
                            "CACHE_TTL")),
            Map.entry("enable_l1_cache", List.of("AI_CACHE_ENABLE_L1_CACHE")),
            Map.entry(
                    "l1_cache_size",
                    List.of(
                            "CACHE_REGION_AI_RESPONSES_MEMORY_MAX_ENTRIES",
                            "CACHE_DEFAULTS_MEMORY_MAX_ENTRIES",
                            "AI_CACHE_MEMORY_CACHE_SIZE",
                            "CACHE_SIZE")),
            Map.entry(
                    "compression_threshold",
                    List.of("CACHE_REGION_AI_RESPONSES_COMPRESSION_THRESHOLD", "AI_CACHE_COMPRESSION_THRESHOLD")),
            Map.entry(
                    "compression_level",
                    List.of("CACHE_REGION_AI_RESPONSES_COMPRESSION_LEVEL", "AI_CACHE_COMPRESSION_LEVEL")),
            Map.entry("connection_timeout", List.of("REDIS_CONNECTION_TIMEOUT")),
            Map.entry("enable_ai_cache", List.of("ENABLE_AI_CACHE")));

    private static final Map<String, String> AI = Map.of(
            "text_hash_threshold", "AI_CACHE_TEXT_HASH_THRESHOLD",
            "hash_algorithm", "AI_CACHE_HASH_ALGORITHM",
            "text_size_tiers", "AI_CACHE_TEXT_SIZE_TIERS",
            "operation_ttls", "AI_CACHE_OPERATION_TTLS");

    private EnvironmentSettings() {}

    static FlatSettings read(Map<String, String> variables) {
        Map<String, Object> settings = new TreeMap<>();
        Map<String, String> origins = new TreeMap<>();
        SETTINGS.forEach((setting, names) -> names.stream()
                .filter(name -> !variables.getOrDefault(name, "").isBlank())
                .findFirst()
                .ifPresent(name -> {
                    settings.put(setting, variables.getOrDefault(name, ""));
                    origins.put(setting, name);
                }));
        AI.forEach((option, name) -> {
            String text = variables.getOrDefault(name, "");
            if (!text.isBlank()) {
                settings.put(option, text.stripLeading().startsWith("{") ? json(name, text) : text);
                origins.put(option, name);
            }
        });
        String custom = variables.getOrDefault(CUSTOM, "");
        if (!custom.isBlank()) {
            json(CUSTOM, custom).forEach((setting, value) -> {
                settings.put(setting, value);
                origins.put(setting, CUSTOM);
            });
        }
        return FlatSettings.of(settings, "variables" + told(origins));
    }

    /** Which variable each setting is from, as faults name settings. */
    private static String told(Map<String, String> origins) {
        return origins.entrySet().stream()
                .map(origin -> origin.getKey() + " from " + origin.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static Map<String, Object> json(String name, String text) {
        try {
            @Nullable Map<String, Object> values = MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
            return values == null ? Map.of() : values;
        } catch (JsonProcessingException repeatsTheText) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    name + " is no JSON object. Correct the variable.",
                    Map.of("variable", name));
        }
    }
}
