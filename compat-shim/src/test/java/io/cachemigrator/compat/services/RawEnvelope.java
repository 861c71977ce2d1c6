package io.cachemigrator.compat.services;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the consolidated layout holds, read without the service. */
final class RawEnvelope {
    private RawEnvelope() {}

    /** The payload as text; null when there is none, or a mark of a deletion. */
    static @Nullable String payload(byte @Nullable [] stored) {
        if (stored == null) {
            return null;
        }
        try {
            Envelope envelope = EnvelopeFormat.decode(stored);
            return envelope.isTombstone() ? null : new String(envelope.payload(), StandardCharsets.UTF_8);
        } catch (EnvelopeException damaged) {
            throw new AssertionError(damaged);
        }
    }

    /** Milliseconds until the deadline; -1 = none. */
    static long remaining(byte[] stored) {
        long deadline = EnvelopeFormat.deadline(stored);
        return deadline == Envelope.NO_DEADLINE ? -1 : deadline - System.currentTimeMillis();
    }
}
