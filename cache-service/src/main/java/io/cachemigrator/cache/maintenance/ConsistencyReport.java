package io.cachemigrator.cache.maintenance;

import java.util.List;

/**
 * What a check of a region has found. Immutable.
 *
 * @param region region's name
 * @param entries live entries looked at
 * @param findings what is wrong, the first 1,000
 * @param found how many there are
 * @param repaired how many were removed
 */
public record ConsistencyReport(String region, long entries, List<Finding> findings, long found, long repaired) {

    /** Copies. */
    public ConsistencyReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong, or nothing any more. */
    public boolean isClean() {
        return found == repaired;
    }

    /** What is wrong with an entry. */
    public enum Kind {
        /** Its bytes cannot be read. */
        DAMAGED,
        /** It says that it is JSON or text, and it is not. */
        WRONG_CODEC,
        /** A copy in memory differs from it. */
        STALE_COPY
    }

    /**
     * One thing that is wrong.
     *
     * @param id id of the entry
     * @param kind what is wrong
     * @param detail more, in a line without the value
     */
    public record Finding(String id, Kind kind, String detail) {}
}
