package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong, so that all of it can be told at once. Not thread safe. */
final class ConfigProblems {
    private final List<String> found = new ArrayList<>();

    void add(String problem) {
        found.add(problem);
    }

    /** A value that a setting does not take. */
    void refused(String path, ConfigValue value, String allowed) {
        String shown = isSecret(path) ? "(hidden)" : "'" + value.text() + "'";
        add(path + " is " + shown + " (" + value.origin() + "); allowed: " + allowed);
    }

    static boolean isSecret(String path) {
        return path.startsWith("encryption.keys") || path.equals("redis.password") || path.equals("redis.uri");
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "The configuration cannot be used:\n  - " + String.join("\n  - ", found)
                            + "\nCorrect each of them.",
                    Map.of("faults", List.copyOf(found)));
        }
    }
}
