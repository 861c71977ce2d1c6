package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.ValidationException;
import java.nio.file.InvalidPathException;
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
        Map<String, Object> ai = new TreeMap<>();
        given.forEach((name, value) -> {
            if (value != null) {
                put(name, value, values, ai, faults);
            }
        });
        gather(ai, values);
        FlatSettings settings = new FlatSettings(values);
        CacheTuning apart = new CacheTuning(); // tells what is wrong before anything is changed
        settings.applyTo(apart, faults);
        faults.addAll(apart.validate().errors());
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "The " + from + " have faults: " + String.join("; ", faults) + ". Correct them.",
                    Map.of("errors", faults, "source", from));
        }
        return settings;
    }

    private static void put(
            String name, Object value, Map<String, Object> values, Map<String, Object> ai, List<String> faults) {
        if (AiOptions.NAMES.contains(name)) {
            ai.put(name, value);
        } else if (NAMES.contains(name)) {
            values.put(name, value);
        } else {
            List<String> known = new ArrayList<>(NAMES);
            known.addAll(AiOptions.NAMES);
            faults.add(SettingNames.unknown(name, known));
        }
    }

    /** Options of the AI cache that were given beside the others are put with those that were given apart. */
    private static void gather(Map<String, Object> ai, Map<String, Object> values) {
        @Nullable Object apart = values.get(AI_CONFIG);
        if (!ai.isEmpty() && (apart == null || apart instanceof Map)) {
            Map<String, Object> all = new TreeMap<>(ai);
            if (apart instanceof Map<?, ?> options) {
                options.forEach((option, value) -> all.put(String.valueOf(option), value));
            }
            values.put(AI_CONFIG, all);
        }
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
            } catch (ValidationException unknown) {
                faults.add("environment is '" + environment + "'; allowed: development, testing, production");
            }
        }
        String url = given.text("redis_url");
        tuning.redisParts(
                url == null || url.isBlank() ? null : url, given.text("redis_password"), given.flag("use_tls"));
        @Nullable Path certificates = path("tls_cert_path", given, faults);
        @Nullable Path key = path("tls_key_path", given, faults);
        if (certificates != null || key != null) {
            tuning.security(certificates, key);
        }
        applyNumbers(given, tuning, faults);
        applyAi(given, tuning, faults);
    }

    private static @Nullable Path path(String name, SettingValues given, List<String> faults) {
        @Nullable String text = given.text(name);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException repeatsTheText) {
            faults.add(name + " is no path of a file");
            return null;
        }
    }

    private static void applyNumbers(SettingValues given, CacheTuning tuning, List<String> faults) {
        Long ttl = given.seconds("default_ttl");
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
            } catch (ValidationException fault) {
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
