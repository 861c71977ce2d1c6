package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Envelope;

/** When an entry that is still live is loaded again beside those who read it. */
final class Refresh {
    private Refresh() {}

    static boolean isDue(Envelope envelope, double share, long nowMillis) {
        return isDue(envelope.createdMicros(), envelope.deadlineMillis(), share, nowMillis);
    }

    /** Whether an entry has lived a share of its life; a share of zero never comes. */
    static boolean isDue(long createdMicros, long deadlineMillis, double share, long nowMillis) {
        if (share <= 0 || deadlineMillis == Envelope.NO_DEADLINE) {
            return false;
        }
        long created = createdMicros / 1_000;
        return nowMillis - created >= share * (deadlineMillis - created);
    }
}
