package io.cachemigrator.cache.tier;

/** When entries are stored. */
public enum PutCondition {
    /** Whatever is there. */
    ALWAYS,
    /** Only when none of them is live. */
    IF_ABSENT,
    /** Only when all of them are live. */
    IF_PRESENT
}
