package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.validation.consistency.Difference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Compares entries of which at least one side is too large for memory, by value: both sides are read in pieces. */
final class LargeComparison {
    private final LegacyReader source;
    private final CopyTarget target;
    private final Clocks clocks;

    LargeComparison(LegacyReader source, CopyTarget target, Clocks clocks) {
        this.source = source;
        this.target = target;
        this.clocks = clocks;
    }

    /** What became of an entry in a comparison. */
    sealed interface Outcome {}

    /** It is the same on both sides. */
    record Equal() implements Outcome {}

    /** It cannot be carried over, so that nothing is expected of the target. */
    record SetAside() implements Outcome {}

    /**
     * It differs.
     *
     * @param difference in which way
     */
    record Differs(Difference difference) implements Outcome {}

    /** What differs between an entry in memory and a stored one of which there is only the head; null = nothing. */
    @Nullable
    Difference difference(CopyEntry wanted, Envelope head) {
        Difference difference = Entries.difference(wanted, head, 0);
        LargeDigest own = LargeDigest.of(wanted.envelope().payload());
        if (difference != null || own.equals(digest(new CopyTarget.Place(wanted.region(), wanted.id()), head))) {
            return difference;
        }
        return Entries.large(wanted.region(), wanted.id(), wanted.envelope(), own.length(), head);
    }

    /** Compares a large legacy entry with what is stored. */
    Outcome compare(LegacyEntry entry, Translation.Large wanted, MapSet maps, @Nullable Envelope stored) {
        CopyTarget.Place place = new CopyTarget.Place(wanted.region(), wanted.id());
        try (LargeValue value = new LargeValue()) {
            boolean there = source.readLarge(entry, value);
            value.end();
            boolean whole = wanted.transform() || value.isPacked();
            if (there && !value.isTooLarge() && whole && value.digest().length() <= LargeCopies.WHOLE_BYTES) {
                return whole(entry, value, maps, stored);
            }
            boolean fits = value.isCollection() || wanted.encodings().contains(value.encoding());
            if (value.isTooLarge() || whole || !fits) {
                return new SetAside();
            }
            Envelope envelope = Entries.ofLarge(entry, wanted, value, "", clocks.deadlineOffsetMillis());
            boolean same = stored != null
                    && Entries.isSameBesideValue(envelope, stored)
                    && value.digest().equals(digest(place, stored));
            return same
                    ? new Equal()
                    : new Differs(Entries.large(
                            place.region(), place.id(), envelope, value.digest().length(), stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome whole(LegacyEntry entry, LargeValue value, MapSet maps, @Nullable Envelope stored)
            throws IOException {
        byte[] bytes = new byte[(int) value.digest().length()];
        value.read(0, bytes);
        LegacyEntry small =
                new LegacyEntry(entry.key(), entry.redisType(), bytes, entry.remainingTtlMillis(), entry.readAt());
        if (!(maps.translate(small) instanceof Translation.Entry translated)) {
            return new SetAside();
        }
        CopyEntry copy = Entries.of(small, translated, "", clocks.deadlineOffsetMillis());
        Difference difference = stored != null && LargeHead.isHead(stored)
                ? difference(copy, stored)
                : Entries.difference(copy, stored, 0);
        return difference == null ? new Equal() : new Differs(difference);
    }

    private @Nullable LargeDigest digest(CopyTarget.Place place, Envelope stored) {
        try {
            return LargeHead.isHead(stored) ? target.digest(place, stored) : LargeDigest.of(stored.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
