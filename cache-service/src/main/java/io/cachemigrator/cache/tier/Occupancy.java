package io.cachemigrator.cache.tier;

/**
 * What a tier holds of a region.
 *
 * @param entries entries held; -1 when only a scan could tell
 * @param bytes bytes held; -1 when only a scan could tell
 * @param evictions entries dropped so far to stay within limits
 */
public record Occupancy(long entries, long bytes, long evictions) {
    /** Nothing is known. */
    public static final Occupancy UNKNOWN = new Occupancy(-1, -1, 0);
}
