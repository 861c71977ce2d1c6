package io.cachemigrator.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a key space go.
 *
 * @param region the region, or null where another key space decides it
 * @param id the template of the id in the region, with {@code {tail}} for what the pattern's variables matched; null
 *     where another key space decides it
 * @param legacyKey the template of the legacy key that the entry should have had, for the transforms that set entries
 *     right; null for all others
 * @param tags templates of tags that entries get, with the variables of the pattern in braces
 */
public record Target(
        @Nullable String region,
        @Nullable String id,
        @Nullable String legacyKey,
        List<String> tags) {
    /** Takes a copy of the list. */
    public Target {
        tags = List.copyOf(tags);
    }
}
