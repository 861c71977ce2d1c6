package io.cachemigrator.map;

import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a key space go.
 *
 * @param region the region, or null where another key space decides it
 * @param id the template of the id in the region, with {@code {tail}} for what the pattern's variables matched; null
 *     where another key space decides it
 * @param legacyKey the template of the legacy key that the entry should have had, for the transforms that set entries
 *     right; null for all others
 */
public record Target(
        @Nullable String region,
        @Nullable String id,
        @Nullable String legacyKey) {}
