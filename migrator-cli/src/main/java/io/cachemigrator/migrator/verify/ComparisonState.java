package io.cachemigrator.migrator.verify;

import java.util.List;

/**
 * How far a comparison has come, to go on from there.
 *
 * @param phase what it is at
 * @param position where the next page of legacy keys begins
 * @param identity which legacy store that position is good for
 * @param found what was found until there
 * @param open legacy keys of entries that differed at the first look, and are to be looked at again
 * @param merged legacy keys of counters that are to be added to others
 */
public record ComparisonState(
        Phase phase, String position, String identity, ComparisonResult found, List<String> open, List<String> merged) {
    /** What a comparison does one after the other. */
    public enum Phase {
        /** Every legacy entry with what the target has. */
        LEGACY,
        /** Every copy in the target with the legacy store. */
        TARGET
    }
}
