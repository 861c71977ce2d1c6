package io.cachemigrator.cache.config.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads settings from variables: {@code CACHE_REDIS_POOL_SIZE}, {@code CACHE_DEFAULTS_JITTER},
 * {@code CACHE_REGION_AGENT_CONFIG_DEFAULT_TTL}, {@code CACHE_ENCRYPTION_KEYS_1}. Variables of other names are left alone,
 * unless they begin like settings of a store.
 */
final class VariableNames {
    private static final String PREFIX = "CACHE_";
    private static final String REGION = "CACHE_REGION_";
    private static final String DEFAULTS = "CACHE_DEFAULTS_";
    private static final String KEY = "CACHE_ENCRYPTION_KEYS_";
    private static final String KEY_FILE = "CACHE_ENCRYPTION_KEY_FILES_";

    /** What variables of nobody else begin with, so that a misspelt one can be told. */
    private static final List<String> OWN = List.of("CACHE_REDIS_", "CACHE_DISK_", "CACHE_ENCRYPTION_");

    /** The name that the time to live of all entries has had since before there were regions. */
    private static final String DEFAULT_TTL = "CACHE_DEFAULT_TTL";

    private VariableNames() {}

    /** The settings among variables. */
    static Map<String, ConfigValue> settings(Map<String, String> variables, String origin, ConfigProblems problems) {
        Map<String, ConfigValue> settings = new TreeMap<>();
        variables.forEach((name, text) -> {
            if (name.startsWith(PREFIX) && !text.isEmpty()) {
                path(name, problems).ifPresent(path -> settings.put(path, new ConfigValue(text, origin + name)));
            }
        });
        return settings;
    }

    private static Optional<String> path(String name, ConfigProblems problems) {
        if (name.equals(DEFAULT_TTL)) {
            return Optional.of("defaults.defaultTtl");
        }
        if (name.startsWith(KEY)) {
            return Optional.of(ServiceSettings.ENCRYPTION_KEYS + name.substring(KEY.length()));
        }
        if (name.startsWith(KEY_FILE)) {
            return Optional.of(ServiceSettings.ENCRYPTION_KEY_FILES + name.substring(KEY_FILE.length()));
        }
        if (name.startsWith(DEFAULTS)) {
            Optional<String> setting = RegionSettings.canonical(name.substring(DEFAULTS.length()));
            if (setting.isEmpty()) {
                problems.add(name + " names no setting of a region; known: " + RegionSettings.names());
            }
            return setting.map(known -> "defaults." + known);
        }
        if (name.startsWith(REGION)) {
            return regionPath(name, problems);
        }
        String bare = Names.bare(name.substring(PREFIX.length()));
        Optional<String> known = ServiceSettings.PATHS.stream()
                .filter(path -> Names.bare(path).equals(bare))
                .findFirst();
        if (known.isEmpty() && OWN.stream().anyMatch(name::startsWith)) {
            problems.add(name + " is not a setting; "
                    + Names.nearest(bare, ServiceSettings.PATHS)
                            .map(near -> "did you mean " + variable(near) + "?")
                            .orElse("rename it if it is not meant for the cache"));
        }
        return known;
    }

    /** The variable of a setting: {@code redis.poolSize} is {@code CACHE_REDIS_POOL_SIZE}. */
    static String variable(String path) {
        return PREFIX
                + path.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The longest end of the name that is a setting; what stands before it is the region. */
    private static Optional<String> regionPath(String name, ConfigProblems problems) {
        String rest = name.substring(REGION.length());
        for (int at = rest.indexOf('_'); at > 0; at = rest.indexOf('_', at + 1)) {
            Optional<String> setting = RegionSettings.canonical(rest.substring(at + 1));
            if (setting.isPresent()) {
                String region = rest.substring(0, at).toLowerCase(Locale.ROOT).replace('_', '-');
                return Optional.of("regions." + region + "." + setting.get());
            }
        }
        problems.add(name + " names no setting of a region; known: " + RegionSettings.names());
        return Optional.empty();
    }
}
