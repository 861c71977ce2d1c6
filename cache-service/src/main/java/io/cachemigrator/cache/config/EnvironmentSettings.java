package io.cachemigrator.cache.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What variables say of an application's cache: {@code CACHE_ENVIRONMENT}, {@code CACHE_REDIS_URL} (else {@code REDIS_URL}),
 * {@code REDIS_AUTH} or {@code CACHE_REDIS_PASSWORD}, {@code REDIS_USE_TLS}, {@code CACHE_TTL}, {@code CACHE_SIZE},
 * {@code ENABLE_AI_CACHE}, {@code AI_CACHE_DEFAULT_TTL}, {@code AI_CACHE_MEMORY_CACHE_SIZE},
 * {@code AI_CACHE_COMPRESSION_THRESHOLD}, {@code AI_CACHE_COMPRESSION_LEVEL}, {@code AI_CACHE_ENABLE_L1_CACHE},
 * {@code AI_CACHE_TEXT_HASH_THRESHOLD}, {@code AI_CACHE_HASH_ALGORITHM}, {@code AI_CACHE_TEXT_SIZE_TIERS} and
 * {@code AI_CACHE_OPERATION_TTLS} as JSON, and {@code CACHE_CUSTOM_CONFIG}, a JSON object of settings that wins over all others.
 */
public final class EnvironmentSettings {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Variables by setting; the first that is set counts. */
    private static final Map<String, List<String>> SETTINGS = Map.ofEntries(
            Map.entry("environment", List.of("CACHE_ENVIRONMENT")),
            Map.entry("redis_url", List.of("CACHE_REDIS_URL", "AI_CACHE_REDIS_URL", "REDIS_URL")),
            Map.entry("redis_password", List.of("CACHE_REDIS_PASSWORD", "REDIS_AUTH")),
            Map.entry("use_tls", List.of("REDIS_USE_TLS", "REDIS_TLS_ENABLED")),
            Map.entry("default_ttl", List.of("AI_CACHE_DEFAULT_TTL", "CACHE_TTL")),
            Map.entry("enable_l1_cache", List.of("AI_CACHE_ENABLE_L1_CACHE")),
            Map.entry("l1_cache_size", List.of("AI_CACHE_MEMORY_CACHE_SIZE", "CACHE_SIZE")),
            Map.entry("compression_threshold", List.of("AI_CACHE_COMPRESSION_THRESHOLD")),
            Map.entry("compression_level", List.of("AI_CACHE_COMPRESSION_LEVEL")),
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
        SETTINGS.forEach((setting, names) -> names.stream()
                .filter(name -> !variables.getOrDefault(name, "").isBlank())
                .findFirst()
                .ifPresent(name -> settings.put(setting, variables.getOrDefault(name, ""))));
        Map<String, Object> ai = new LinkedHashMap<>();
        AI.forEach((option, name) -> {
            String text = variables.getOrDefault(name, "");
            if (!text.isBlank()) {
                ai.put(option, text.stripLeading().startsWith("{") ? json(name, text) : text);
            }
        });
        String custom = variables.getOrDefault("CACHE_CUSTOM_CONFIG", "");
        Map<String, Object> overrides = custom.isBlank() ? Map.of() : json("CACHE_CUSTOM_CONFIG", custom);
        overrides.forEach((name, value) -> {
            if (AiOptions.NAMES.contains(name)) {
                ai.put(name, value);
            } else if (name.equals(FlatSettings.AI_CONFIG) && value instanceof Map<?, ?> options) {
                options.forEach((option, each) -> ai.put(String.valueOf(option), each));
            } else {
                settings.put(name, value);
            }
        });
        if (!ai.isEmpty()) {
            settings.put(FlatSettings.AI_CONFIG, ai);
        }
        return FlatSettings.of(settings, "variables");
    }

    private static Map<String, Object> json(String name, String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException repeatsTheText) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    name + " is no JSON object. Correct the variable.",
                    Map.of("variable", name));
        }
    }
}
