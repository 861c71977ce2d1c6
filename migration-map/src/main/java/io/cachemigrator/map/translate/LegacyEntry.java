package io.cachemigrator.map.translate;

import java.time.Instant;

/**
 * A legacy entry as it was found. The arrays are shared, not copied, and must not be changed.
 *
 * @param key the bytes of the key
 * @param redisType the type as the server names it, such as {@code string}
 * @param value the bytes of the value, for a collection as {@link io.cachemigrator.map.encoding.CollectionJson} writes them; empty
 *     where the elements were not read, and where the entry is large
 * @param remainingTtlMillis what is left of its life in milliseconds, or -1 where it never expires
 * @param readAt when that was measured
 * @param large whether it is too large to be held in memory, so that its value was not read
 */
@SuppressWarnings("ArrayRecordComponent") // one per key copied, never compared; a wrapper would cost
public record LegacyEntry(
        byte[] key, String redisType, byte[] value, long remainingTtlMillis, Instant readAt, boolean large) {
    /** Checks the range. */
    public LegacyEntry {
        if (remainingTtlMillis < -1) {
            throw new IllegalArgumentException("A remaining life of " + remainingTtlMillis
                    + " ms is none. Leave out keys that expired, and give -1 for keys that never do.");
        }
    }

    /** An entry whose value was read. */
    public LegacyEntry(byte[] key, String redisType, byte[] value, long remainingTtlMillis, Instant readAt) {
        this(key, redisType, value, remainingTtlMillis, readAt, false);
    }
}
