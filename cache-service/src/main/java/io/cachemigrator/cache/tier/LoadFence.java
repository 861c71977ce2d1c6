package io.cachemigrator.cache.tier;

/**
 * What a load has seen of a tier when it began. What it gives is stored as being as old as that, and only where nothing was
 * written, deleted or invalidated since.
 *
 * @param sinceMicros time of the tier, later than every change that the load can have seen; {@link #UNKNOWN} = nothing is stored
 * @param seenMicros when the entry was created that the load saw; {@link #ABSENT} or {@link #UNKNOWN}
 */
public record LoadFence(long sinceMicros, long seenMicros) {
    /** There was no entry. */
    public static final long ABSENT = -1;
    /** It could not be found out. */
    public static final long UNKNOWN = -2;
}
