package io.cachemigrator.cache.local;

/** Why an entry left a cache. */
public enum RemovalCause {
    /** Somebody removed it. */
    EXPLICIT,
    /** Another value took its place. */
    REPLACED,
    /** Its key or value was collected by the garbage collector. */
    COLLECTED,
    /** Its time was over. */
    EXPIRED,
    /** There was no room for it. */
    SIZE;

    /** Whether the cache removed it by itself. */
    public boolean wasEvicted() {
        return this == COLLECTED || this == EXPIRED || this == SIZE;
    }
}
