package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a cache by name, as the factory takes them. */
final class NamedSettings {
    private static final String URL = "redis_url";
    private static final String TTL = "default_ttl";
    private static final String FAIL = "fail_on_connection_error";
    private static final int MEMORY_SECONDS = 300;

    private NamedSettings() {}

    static CacheConfig read(Map<String, ?> given) {
        if (!given.containsKey(URL)) {
            throw refused(List.of(URL + " is missing; allowed: an address, or null or nothing for a cache in memory"));
        }
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(given);
        List<String> faults = new ArrayList<>();
        Object fail = settings.remove(FAIL);
        if (fail != null && !(fail instanceof Boolean)) {
            faults.add(FAIL + " is no flag; allowed: true, false");
        }
        Object url = settings.get(URL);
        if (url == null || (url instanceof String text && text.isBlank())) {
            settings.remove(URL);
            if (settings.get(TTL) == null) {
                settings.put(TTL, MEMORY_SECONDS);
            }
        }
        settings.putIfAbsent("l1_cache_size", settings.getOrDefault("memory_cache_size", 100));
        settings.putIfAbsent("compression_threshold", 1_000);
        try {
            CacheConfig config = CacheConfig.builder()
                    .failOnConnectionError(Boolean.TRUE.equals(fail))
                    .withSettings(settings)
                    .build();
            if (faults.isEmpty()) {
                return config;
            }
        } catch (ConfigurationException | ValidationException found) {
            if (found.context().get("errors") instanceof List<?> errors) {
                errors.forEach(error -> faults.add(String.valueOf(error)));
            } else {
                throw found;
            }
        }
        throw refused(faults);
    }

    private static ValidationException refused(List<String> faults) {
        return new ValidationException(
                CacheErrorCode.BAD_ARGUMENT,
                "The settings have faults: " + String.join("; ", faults) + ". Correct them.",
                Map.of("validation_errors", faults));
    }
}
