package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes and compares entries of the target. */
final class Entries {
    /** How far deadlines that both sides know exactly may be apart. */
    static final long EXACT_MILLIS = 1;

    private Entries() {}

    /**
     * The entry to store. It is stamped with the time of reading by the source's clock, as what a mirror brings is.
     *
     * @param clockOffsetMillis what to add to a deadline by the source's clock to get it by the target's
     */
    static CopyEntry of(LegacyEntry legacy, Translation.Entry translation, String runId, long clockOffsetMillis) {
        long readAt = legacy.readAt().toEpochMilli() + clockOffsetMillis;
        long deadline = translation.remainingTtlMillis().isPresent()
                ? readAt + translation.remainingTtlMillis().getAsLong()
                : Envelope.NO_DEADLINE;
        if (StoredEntries.isOne(translation)) {
            return new CopyEntry(
                    legacy.key(), translation, StoredEntries.copy(legacy, runId, micros(legacy.readAt()), deadline));
        }
        Envelope envelope = new Envelope(
                translation.codec().number(),
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                Envelope.MIGRATED,
                micros(legacy.readAt()),
                deadline,
                translation.tags(),
                withRun(translation.metadata(), runId),
                translation.payload());
        return new CopyEntry(legacy.key(), translation, envelope);
    }

    /** The entry to store, without its payload, of one that is too large for memory. */
    static Envelope ofLarge(
            LegacyEntry legacy, Translation.Large translation, LargeValue value, String runId, long clockOffsetMillis) {
        long readAt = legacy.readAt().toEpochMilli() + clockOffsetMillis;
        Map<String, String> metadata =
                value.isCollection() ? Map.of(Translator.TYPE_KEY, legacy.redisType()) : Map.of();
        return new Envelope(
                value.codec().number(),
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                Envelope.MIGRATED,
                micros(legacy.readAt()),
                translation.remainingTtlMillis().isPresent()
                        ? readAt + translation.remainingTtlMillis().getAsLong()
                        : Envelope.NO_DEADLINE,
                List.of(),
                withRun(metadata, runId),
                new byte[0]);
    }

    private static Map<String, String> withRun(Map<String, String> metadata, String runId) {
        if (metadata.isEmpty()) {
            return Map.of(RunMark.KEY, runId);
        }
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put(RunMark.KEY, runId);
        return all;
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** What differs between what is wanted and what is stored; null where value, type, deadline and tags are the same. */
    static @Nullable Difference difference(CopyEntry wanted, @Nullable Envelope stored, long nowMillis) {
        if (StoredEntries.isOne(wanted.translation())) {
            return StoredEntries.difference(wanted, stored, nowMillis);
        }
        if (stored != null && LargeHead.isHead(stored)) {
            LargeDigest digest = LargeDigest.of(wanted.envelope().payload());
            boolean same = digest.length() == LargeHead.length(stored)
                    && digest.checksum() == LargeHead.checksum(stored)
                    && isSameBesideValue(wanted.envelope(), stored);
            return same ? null : large(wanted.region(), wanted.id(), wanted.envelope(), digest.length(), stored);
        }
        Difference difference = EntryComparison.compare(
                        wanted.translation(),
                        wanted.envelope().deadlineMillis(),
                        stored,
                        Instant.ofEpochMilli(nowMillis))
                .orElse(null);
        return difference != null || stored == null ? difference : tags(wanted, stored);
    }

    /** As {@link #difference(CopyEntry, Envelope, long)}, but with deadlines that are at most so far apart. */
    static @Nullable Difference difference(
            CopyEntry wanted, @Nullable Envelope stored, long nowMillis, long toleranceMillis) {
        Difference difference = difference(wanted, stored, nowMillis);
        return difference == null && stored != null && !isOnTime(wanted.envelope(), stored, toleranceMillis)
                ? new Difference(
                        wanted.region(),
                        wanted.id(),
                        Difference.Kind.TTL,
                        "expires at " + Instant.ofEpochMilli(wanted.envelope().deadlineMillis()),
                        "expires at " + Instant.ofEpochMilli(stored.deadlineMillis()))
                : difference;
    }

    private static boolean isOnTime(Envelope wanted, Envelope stored, long toleranceMillis) {
        return wanted.deadlineMillis() == stored.deadlineMillis()
                || (wanted.deadlineMillis() != Envelope.NO_DEADLINE
                        && stored.deadlineMillis() != Envelope.NO_DEADLINE
                        && Math.abs(wanted.deadlineMillis() - stored.deadlineMillis()) <= toleranceMillis);
    }

    /** Whether type, deadline and tags are the same. */
    static boolean isSameBesideValue(Envelope wanted, Envelope stored) {
        return wanted.codec() == stored.codec()
                && stored.isPlain()
                && !stored.isNull()
                && EntryComparison.sameDeadline(wanted.deadlineMillis(), stored.deadlineMillis())
                && Set.copyOf(wanted.tags()).equals(Set.copyOf(stored.tags()));
    }

    /** What differs between an entry and a stored one, of which one is too large for memory, once it is known that something does. */
    static Difference large(String region, String id, Envelope wanted, long wantedBytes, @Nullable Envelope stored) {
        String legacy = wantedBytes + " bytes, codec " + wanted.codec();
        if (stored == null) {
            return new Difference(region, id, Difference.Kind.MISSING, legacy, "no entry");
        }
        long bytes = LargeHead.isHead(stored) ? LargeHead.length(stored) : stored.payload().length;
        boolean deadline = EntryComparison.sameDeadline(wanted.deadlineMillis(), stored.deadlineMillis());
        Difference.Kind kind = wanted.codec() != stored.codec()
                ? Difference.Kind.TYPE
                : !deadline ? Difference.Kind.TTL : Difference.Kind.VALUE;
        return new Difference(region, id, kind, legacy, bytes + " bytes, codec " + stored.codec());
    }

    private static @Nullable Difference tags(CopyEntry wanted, Envelope stored) {
        return Set.copyOf(wanted.envelope().tags()).equals(Set.copyOf(stored.tags()))
                ? null
                : new Difference(
                        wanted.region(),
                        wanted.id(),
                        Difference.Kind.VALUE,
                        wanted.envelope().tags().size() + " tags",
                        stored.tags().size() + " tags, not the same");
    }
}
