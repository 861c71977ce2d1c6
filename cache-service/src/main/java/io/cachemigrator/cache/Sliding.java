package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Envelope;
import org.jspecify.annotations.Nullable;

/** When a read renews the deadline of a sliding entry: not always, only once a sixteenth of its idle time is used up. */
final class Sliding {
    private static final int RENEWAL_SHARE = 16;

    private Sliding() {}

    /** The time to live that a read gives again; zero when the entry does not tell. */
    static long idleMillis(Envelope envelope) {
        @Nullable String idle = envelope.metadata().get(Envelope.IDLE_KEY);
        try {
            return idle == null ? 0 : Long.parseLong(idle);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /** How long before its deadline an entry is renewed; zero = it is not. */
    static long untouchedMillis(Envelope envelope) {
        if (!envelope.isSliding() || envelope.deadlineMillis() == Envelope.NO_DEADLINE || idleMillis(envelope) <= 0) {
            return 0;
        }
        long idle = idleMillis(envelope);
        return idle - Math.max(1, idle / RENEWAL_SHARE);
    }

    /** Whether a read is to renew it. */
    static boolean isDue(Envelope envelope, long nowMillis) {
        return untouchedMillis(envelope) > 0 && envelope.deadlineMillis() - nowMillis <= untouchedMillis(envelope);
    }
}
