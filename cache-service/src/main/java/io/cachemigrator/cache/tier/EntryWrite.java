package io.cachemigrator.cache.tier;

/**
 * An entry to be stored.
 *
 * @param id id in the region
 * @param envelope an encoded envelope, whose times the tier stamps
 * @param ttlMillis positive, or {@link #NO_EXPIRY}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
public record EntryWrite(String id, byte[] envelope, long ttlMillis) {

    /** Time to live of an entry that stays. */
    public static final long NO_EXPIRY = -1;

    /** The deadline counted from a time, both in milliseconds since the epoch. */
    public static long deadline(long nowMillis, long ttlMillis) {
        return ttlMillis == NO_EXPIRY ? NO_EXPIRY : nowMillis + ttlMillis;
    }
}
