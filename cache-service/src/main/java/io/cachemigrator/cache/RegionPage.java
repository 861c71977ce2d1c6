package io.cachemigrator.cache;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of a region's entries, for tools. Immutable.
 *
 * @param entries live entries
 * @param damaged why entries that are there cannot be read, by id
 * @param next where the next page starts; null = there is none
 */
public record RegionPage(
        List<EntryDetails> entries,
        Map<String, String> damaged,
        @Nullable String next) {

    /** Copies. */
    public RegionPage {
        entries = List.copyOf(entries);
        damaged = Map.copyOf(damaged);
    }
}
