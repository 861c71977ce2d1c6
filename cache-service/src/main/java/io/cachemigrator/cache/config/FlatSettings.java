package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of an application's cache by name, read and found to be well typed. Immutable. */
final class FlatSettings {
    static final String AI_CONFIG = "ai_config";

    static final List<String> NAMES = List.of(
            "environment",
            "redis_url",
            "redis_password",
            "use_tls",
            "tls_cert_path",
            "tls_key_path",
            "default_ttl",
            "enable_l1_cache",
            "l1_cache_size",
            "memory_cache_size",
            "compression_threshold",
            "compression_level",
            "max_connections",
            "connection_timeout",
            "enable_ai_cache",
            AI_CONFIG);

    private final Map<String, Object> values;

    private FlatSettings(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads settings.
     *
     * @param from where they are from, for people
     * @throws ConfigurationException naming every fault
     */
    static FlatSettings of(Map<String, ?> given, String from) {
        List<String> faults = new ArrayList<>();
        Map<String, Object> values = new TreeMap<>();
        given.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                faults.add(SettingNames.unknown(name, NAMES));
            } else if (value != null) {
                values.put(name, value);
            }
        });
        FlatSettings settings = new FlatSettings(values);
        settings.applyTo(new CacheTuning(), faults); // tells what is wrong before anything is changed
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "The " + from + " have faults: " + String.join("; ", faults) + ". Correct them.",
                    Map.of("errors", faults, "source", from));
        }
        return settings;
    }

    void applyTo(CacheTuning tuning) {
        applyTo(tuning, new ArrayList<>());
    }

    private void applyTo(CacheTuning tuning, List<String> faults) {
        SettingValues given = new SettingValues(values, faults);
        String environment = given.text("environment");
        if (environment != null) {
            try {
                tuning.environment = CacheEnvironment.named(environment);
            } catch (io.cachemigrator.cache.error.ValidationException unknown) {
                faults.add("environment is '" + environment + "'; allowed: development, testing, production");
            }
        }
        String url = given.text("redis_url");
        if (url != null && !url.isBlank()) {
            tuning.redis(url, given.text("redis_password"), Boolean.TRUE.equals(given.flag("use_tls")));
        }
        @Nullable String certificates = given.text("tls_cert_path");
        @Nullable String key = given.text("tls_key_path");
        if (certificates != null || key != null) {
            tuning.security(certificates == null ? null : Path.of(certificates), key == null ? null : Path.of(key));
        }
        applyNumbers(given, tuning, faults);
        applyAi(given, tuning, faults);
    }

    private static void applyNumbers(SettingValues given, CacheTuning tuning, List<String> faults) {
        Long ttl = given.whole("default_ttl");
        tuning.defaultTtlSeconds = ttl == null ? tuning.defaultTtlSeconds : ttl;
        Long size = given.whole("l1_cache_size");
        Long alias = given.whole("memory_cache_size");
        if (size != null && alias != null && !size.equals(alias)) {
            faults.add("memory_cache_size is " + alias + " and l1_cache_size " + size
                    + ", which name the same thing; allowed: one of them");
        }
        Long entries = alias != null ? alias : size;
        tuning.memoryEntries = entries == null ? tuning.memoryEntries : entries;
        Boolean inFront = given.flag("enable_l1_cache");
        tuning.memoryInFront = inFront == null ? tuning.memoryInFront : inFront;
        Long threshold = given.whole("compression_threshold");
        tuning.compressionThreshold = threshold == null ? tuning.compressionThreshold : threshold;
        Long level = given.whole("compression_level");
        tuning.compressionLevel = level == null ? tuning.compressionLevel : level;
        Long connections = given.whole("max_connections");
        tuning.connections = connections == null ? tuning.connections : connections;
        Long timeout = given.whole("connection_timeout");
        tuning.timeoutSeconds = timeout == null ? tuning.timeoutSeconds : timeout;
    }

    private void applyAi(SettingValues given, CacheTuning tuning, List<String> faults) {
        @Nullable Object options = values.get(AI_CONFIG);
        AiConfig base = tuning.ai == null ? AiConfig.DEFAULTS : tuning.ai;
        if (options instanceof Map<?, ?> map) {
            Map<String, Object> named = new TreeMap<>();
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
            try {
                tuning.ai = AiOptions.read(named, base);
            } catch (io.cachemigrator.cache.error.ValidationException fault) {
                faults.add(AI_CONFIG + ": " + fault.getMessage());
            }
        } else if (options != null) {
            faults.add(AI_CONFIG + " is " + SettingValues.kind(options) + "; allowed: options by name");
        }
        Boolean enabled = given.flag("enable_ai_cache");
        if (Boolean.FALSE.equals(enabled)) {
            tuning.ai = null;
        } else if (Boolean.TRUE.equals(enabled) && tuning.ai == null) {
            tuning.ai = base;
        }
    }
}
