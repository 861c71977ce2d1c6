package io.cachemigrator.compat.factory;

import java.util.List;

/**
 * Which cache the environment asks for, and why. Immutable; it holds names of variables and no values of secrets.
 *
 * @param backend {@code memory} or {@code ai}, or {@code redis} for one of any values
 * @param reason why, for people
 * @param variables the variables that were looked at and set, in the order in which they count
 * @deprecated the settings of {@link io.cachemigrator.cache.config.CacheConfig} say it
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record Detection(String backend, String reason, List<String> variables) {
    /** Copies. */
    public Detection {
        variables = List.copyOf(variables);
    }
}
