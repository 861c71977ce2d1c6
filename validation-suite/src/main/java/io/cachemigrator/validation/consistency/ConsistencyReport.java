package io.cachemigrator.validation.consistency;

import java.util.List;

/**
 * What a {@link ConsistencyCheck} found. Immutable.
 *
 * @param entries legacy entries given
 * @param compared entries compared; the sum of the next three
 * @param equal entries that are equal
 * @param newer entries that the application has written in the target since
 * @param differences entries that differ, in the order of the legacy entries, merged counters last
 * @param expiring entries not compared because they are about to expire, or have, and so may be gone on one side
 * @param setAside legacy keys and reasons of entries that the map carries over in general, and not these
 * @param left entries that the map leaves: recomputed, dropped, excluded or unknown to it
 * @param parts counters that are compared as part of a sum; with those compared, expiring, set aside and left they are all
 *     entries
 */
public record ConsistencyReport(
        int entries,
        int compared,
        int equal,
        int newer,
        List<Difference> differences,
        int expiring,
        List<SetAside> setAside,
        int left,
        int parts) {

    /**
     * A legacy entry that is not carried over.
     *
     * @param legacyKey its key
     * @param reason why, without its value
     */
    public record SetAside(String legacyKey, String reason) {}

    /** Takes copies of the lists. */
    public ConsistencyReport {
        differences = List.copyOf(differences);
        setAside = List.copyOf(setAside);
    }

    /** Whether nothing differs. That nothing was compared is consistent too: look at {@link #compared()}. */
    public boolean isConsistent() {
        return differences.isEmpty();
    }
}
