package io.cachemigrator.cache.tier.redis;

import org.jspecify.annotations.Nullable;

/**
 * A write or a deletion that could not be made.
 *
 * @param envelope null = a deletion
 * @param ttlMillis of a write: positive, or {@link io.cachemigrator.cache.tier.EntryWrite#NO_EXPIRY}
 * @param sent what was perhaps sent of this id, as no answer came; null = nothing
 * @param nanos when it was given up, by {@link System#nanoTime()}
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by identity
record HeldWrite(
        String id,
        byte @Nullable [] envelope,
        long ttlMillis,
        @Nullable Sent sent,
        long nanos) {
    /** A time to live that is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int OVERHEAD = 100;

    /**
     * Writes that were perhaps sent.
     *
     * @param nanos since when
     * @param ttlMillis their time to live, or {@link #UNKNOWN} when they differ in it
     */
    record Sent(long nanos, long ttlMillis) {}

    long bytes() {
        return OVERHEAD + 2L * id.length() + (envelope == null ? 0 : envelope.length);
    }

    /** This write in place of an earlier one, which may have been sent. */
    HeldWrite after(HeldWrite earlier) {
        Sent first = earlier.sent;
        if (first == null) {
            return this;
        }
        boolean same = sent == null || sent.ttlMillis() == first.ttlMillis();
        Sent both = new Sent(first.nanos(), same ? first.ttlMillis() : UNKNOWN);
        return new HeldWrite(id, envelope, ttlMillis, both, nanos);
    }
}
