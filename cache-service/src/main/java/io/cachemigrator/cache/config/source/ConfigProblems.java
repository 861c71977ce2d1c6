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
        // what holds an @ may be a user's part of an address
        boolean hidden = ServiceSettings.isSecret(path) || value.text().indexOf('@') >= 0;
        String shown = hidden ? "(hidden)" : "'" + value.text() + "'";
        add(path + " is " + shown + " (" + value.origin() + "); allowed: " + allowed);
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
