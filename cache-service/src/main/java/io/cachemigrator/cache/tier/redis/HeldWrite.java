package io.cachemigrator.cache.tier.redis;

import org.jspecify.annotations.Nullable;

/**
 * A write or a deletion that could not be made.
 *
 * @param envelope null = a deletion
 * @param ttlMillis of a write: positive, or {@link io.cachemigrator.cache.tier.EntryWrite#NO_EXPIRY}
 * @param nanos when it was given up, by {@link System#nanoTime()}: a server that runs it late has done so before
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by identity
record HeldWrite(String id, byte @Nullable [] envelope, long ttlMillis, long nanos) {
    private static final int OVERHEAD = 100;

    long bytes() {
        return OVERHEAD + 2L * id.length() + (envelope == null ? 0 : envelope.length);
    }
}
