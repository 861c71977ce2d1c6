package io.cachemigrator.cache.tier;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rules that stored bytes are judged and changed by, the same for every tier that does so in this process. */
public final class StoredEntry {
    private StoredEntry() {}

    /** Whether the bytes mark a deletion. */
    public static boolean isTombstone(byte[] stored) {
        return EnvelopeFormat.isReadable(stored) && (EnvelopeFormat.flags(stored) & Envelope.TOMBSTONE) != 0;
    }

    /** Whether a deadline lies at or before a time; bytes that are no envelope have none. */
    public static boolean isExpired(byte[] stored, long nowMillis) {
        if (!EnvelopeFormat.isReadable(stored)) {
            return false;
        }
        long deadline = EnvelopeFormat.deadline(stored);
        return deadline != Envelope.NO_DEADLINE && deadline <= nowMillis;
    }

    /** Whether what is stored was created at a time or later, or is no envelope, and so stays. */
    public static boolean isAsNewAs(byte[] stored, long createdMicros) {
        return !EnvelopeFormat.isReadable(stored) || EnvelopeFormat.created(stored) >= createdMicros;
    }

    /** When stored bytes may be removed: the deadline and the allowance after it; {@link Long#MAX_VALUE} = never. */
    public static long removalMillis(byte[] stored, long staleMillis) {
        if (!EnvelopeFormat.isReadable(stored)) {
            return Long.MAX_VALUE;
        }
        long deadline = EnvelopeFormat.deadline(stored);
        return deadline == Envelope.NO_DEADLINE ? Long.MAX_VALUE : saturatedAdd(deadline, staleMillis);
    }

    /** A sum that stops at the largest number. */
    public static long saturatedAdd(long left, long right) {
        long sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }

    /** The bytes with another deadline, and no longer marked as written by a copy; unchanged when they are no envelope. */
    public static byte[] withDeadline(byte[] stored, long deadlineMillis) {
        if (!EnvelopeFormat.isReadable(stored)) {
            return stored;
        }
        byte[] changed = EnvelopeFormat.stamped(stored, EnvelopeFormat.created(stored), deadlineMillis);
        changed[EnvelopeFormat.FLAGS_OFFSET] &= (byte) ~Envelope.MIGRATED;
        return changed;
    }

    /**
     * A counter after an addition.
     *
     * @param live the live entry, or null when there is none
     */
    public static Sum add(byte @Nullable [] live, long delta, long createdMicros) {
        if (live == null) {
            Envelope fresh = Envelope.of(Envelope.CODEC_JSON, decimal(delta)).withCreated(createdMicros);
            return new Sum(new Incremented.Counted(delta), EnvelopeFormat.encode(fresh));
        }
        Envelope envelope;
        try {
            envelope = EnvelopeFormat.decode(live);
        } catch (EnvelopeException damaged) {
            return new Sum(Incremented.NOT_AN_INTEGER, null);
        }
        byte[] payload = envelope.payload();
        if (!envelope.isPlain() || envelope.isNull() || !EnvelopeFormat.isInteger(payload, 0, payload.length)) {
            return new Sum(Incremented.NOT_AN_INTEGER, null);
        }
        long before;
        try {
            before = Long.parseLong(new String(payload, StandardCharsets.US_ASCII));
        } catch (NumberFormatException beyondRange) {
            return new Sum(Incremented.NOT_AN_INTEGER, null);
        }
        long sum = before + delta;
        if (((before ^ sum) & (delta ^ sum)) < 0) {
            return new Sum(Incremented.OVERFLOW, null);
        }
        Envelope after = envelope.withPayload(decimal(sum))
                .withFlags(envelope.flags() & ~Envelope.MIGRATED)
                .withCreated(createdMicros);
        return new Sum(new Incremented.Counted(sum), EnvelopeFormat.encode(after));
    }

    private static byte[] decimal(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What an addition gives.
     *
     * @param result what the caller is told
     * @param stored bytes to store; null = nothing changes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
    public record Sum(Incremented result, byte @Nullable [] stored) {}
}
