package io.cachemigrator.cache;

/** What became of a write. */
public enum WriteOutcome {
    /** The change was made in the region's authoritative tier. */
    STORED,
    /** The condition asked for did not hold, or there was no entry to change; nothing was changed. */
    CONDITION_NOT_MET,
    /** The value is larger than the region admits; nothing was changed. */
    TOO_LARGE,
    /** The authoritative tier could not be reached; what lower tiers hold may have changed. */
    UNAVAILABLE;

    /** Whether the change was made. */
    public boolean isStored() {
        return this == STORED;
    }
}
