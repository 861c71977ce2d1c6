package io.cachemigrator.cache.tier;

/** When entries are stored. */
public enum PutCondition {
    /** Whatever is there. */
    ALWAYS,
    /** Whatever is there, with what a loader returned: copies elsewhere are not told. */
    LOADED,
    /** Only when none of them is live. */
    IF_ABSENT,
    /** Only when all of them are live. */
    IF_PRESENT;

    /** Whether entries are stored whatever is there. */
    public boolean isUnconditional() {
        return this == ALWAYS || this == LOADED;
    }
}
