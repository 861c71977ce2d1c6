package io.cachemigrator.cache.config;

import java.util.List;

/**
 * What a builder thinks of what it was given. Immutable.
 *
 * @param errors every fault, a line each
 * @param warnings what is allowed and looks like a mistake, a line each
 */
public record ConfigValidation(List<String> errors, List<String> warnings) {
    /** Copies. */
    public ConfigValidation {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Whether there is no fault. */
    public boolean isValid() {
        return errors.isEmpty();
    }
}
