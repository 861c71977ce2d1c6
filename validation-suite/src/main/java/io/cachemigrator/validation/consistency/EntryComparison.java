package io.cachemigrator.validation.consistency;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a migration map makes of one legacy entry with what is stored. Pure; safe for use by many threads. */
public final class EntryComparison {
    /** How far two deadlines of the same entry may be apart. */
    public static final Duration TOLERANCE = Duration.ofSeconds(1);

    private EntryComparison() {}

    /**
     * Compares one entry. Who wrote the stored one is not looked at: where {@link Envelope#isMigrated()} is false the
     * application wrote it, and a difference is its newer value.
     *
     * @param wanted what the map makes of the legacy entry
     * @param deadlineMillis when that expires, in milliseconds since the epoch, or {@link Envelope#NO_DEADLINE}
     * @param stored what the target has, or null
     * @param now the time that descriptions count from
     * @return empty where value, type and deadline are the same, or where the stored counter is {@linkplain
     *     MergedCounters#isSumOf the sum} of the wanted one and another
     */
    public static Optional<Difference> compare(
            Translation.Entry wanted, long deadlineMillis, @Nullable Envelope stored, Instant now) {
        if (stored == null || stored.isTombstone()) {
            return Optional.of(difference(wanted, deadlineMillis, Difference.Kind.MISSING, stored, now));
        }
        if (MergedCounters.isSumOf(wanted, deadlineMillis, stored)) {
            return Optional.empty();
        }
        if (stored.codec() != wanted.codec().number()) {
            return Optional.of(difference(wanted, deadlineMillis, Difference.Kind.TYPE, stored, now));
        }
        if (stored.isNull() || !stored.isPlain() || !wanted.matches(stored.payload())) {
            return Optional.of(difference(wanted, deadlineMillis, Difference.Kind.VALUE, stored, now));
        }
        return sameDeadline(deadlineMillis, stored.deadlineMillis())
                ? Optional.empty()
                : Optional.of(difference(wanted, deadlineMillis, Difference.Kind.TTL, stored, now));
    }

    /**
     * When an entry expires in the target.
     *
     * @param legacy the entry as it was read
     * @param wanted what the map makes of it
     * @return milliseconds since the epoch by the clock that {@link LegacyEntry#readAt()} was taken from, or {@link
     *     Envelope#NO_DEADLINE}
     */
    public static long deadlineMillis(LegacyEntry legacy, Translation.Entry wanted) {
        return wanted.remainingTtlMillis().isPresent()
                ? Math.addExact(
                        legacy.readAt().toEpochMilli(),
                        wanted.remainingTtlMillis().getAsLong())
                : Envelope.NO_DEADLINE;
    }

    /** Whether two deadlines, or {@link Envelope#NO_DEADLINE}, are those of the same entry, within {@link #TOLERANCE}. */
    public static boolean sameDeadline(long one, long other) {
        boolean none = one == Envelope.NO_DEADLINE || other == Envelope.NO_DEADLINE;
        return none ? one == other : Math.abs(one - other) <= TOLERANCE.toMillis();
    }

    private static Difference difference(
            Translation.Entry wanted,
            long deadlineMillis,
            Difference.Kind kind,
            @Nullable Envelope stored,
            Instant now) {
        return new Difference(
                wanted.region(),
                wanted.id(),
                kind,
                describe(wanted.payload().length + " bytes", wanted.codec().number(), deadlineMillis, now),
                describe(stored, now));
    }

    /** What is stored, in words that give away no value. */
    public static String describe(@Nullable Envelope stored, Instant now) {
        if (stored == null) {
            return "no entry";
        }
        if (stored.isTombstone()) {
            return "a deletion";
        }
        String value = stored.isNull() ? "null" : stored.payload().length + " bytes";
        String form = stored.isPlain() ? "" : " compressed or encrypted";
        return describe(value + form, stored.codec(), stored.deadlineMillis(), now);
    }

    private static String describe(String value, int codec, long deadlineMillis, Instant now) {
        String expiry = deadlineMillis == Envelope.NO_DEADLINE
                ? "does not expire"
                : "expires in " + Math.max(0, (deadlineMillis - now.toEpochMilli()) / 1_000) + " s";
        return value + ", codec " + codec + ", " + expiry;
    }
}
