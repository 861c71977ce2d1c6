package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A copy of an entry that is too large for memory, about to be written. Used by one thread. */
final class LargeCopy {
    private final CopyTarget.Place place;
    private final Envelope envelope;
    private final LargeValue value;
    private final LargeDigest digest;
    private final long readAtMicros;
    private @Nullable Supplier<@Nullable Confirmed> confirmation;

    /**
     * What it takes to put it into its place.
     *
     * @param envelope without its payload, with the times of the moment at which the legacy entry was still the same
     * @param terms what it may replace
     */
    record Confirmed(Envelope envelope, WriteTerms terms) {}

    /**
     * Of a value.
     *
     * @param envelope without its payload
     * @param readAtMicros when reading began, by the target's clock
     * @param confirmation asks whether the legacy entry is still what was read; null when it is not
     */
    LargeCopy(
            CopyTarget.Place place,
            Envelope envelope,
            LargeValue value,
            long readAtMicros,
            Supplier<@Nullable Confirmed> confirmation) {
        this.place = place;
        this.envelope = envelope;
        this.value = value;
        this.digest = value.digest();
        this.readAtMicros = readAtMicros;
        this.confirmation = confirmation;
    }

    CopyTarget.Place place() {
        return place;
    }

    /** Without its payload, with the times at which reading began. */
    Envelope envelope() {
        return envelope;
    }

    /** When reading began, by the target's clock, in microseconds since the epoch. */
    long readAtMicros() {
        return readAtMicros;
    }

    LargeValue value() {
        return value;
    }

    LargeDigest digest() {
        return digest;
    }

    /** An envelope of this copy as it is stored, before its payload. */
    byte[] head(Envelope of) {
        return LargeHead.encode(of, digest.length(), digest.checksum());
    }

    /** Whether this is there already. */
    boolean isSame(Envelope there, Envelope wanted) {
        return LargeHead.isHead(there) && value.isPayloadOf(there) && Entries.isSameBesideValue(wanted, there);
    }

    /** Asked when all of it is at the target, and only once: what nobody watches any more may change unnoticed. */
    @Nullable
    Confirmed confirm() {
        Supplier<@Nullable Confirmed> once = confirmation;
        confirmation = null;
        return once == null ? null : once.get();
    }
}
