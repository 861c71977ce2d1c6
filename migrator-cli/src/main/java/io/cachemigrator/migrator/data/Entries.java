package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes and compares entries of the target. */
final class Entries {
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
        Difference difference = EntryComparison.compare(
                        wanted.translation(),
                        wanted.envelope().deadlineMillis(),
                        stored,
                        Instant.ofEpochMilli(nowMillis))
                .orElse(null);
        return difference != null || stored == null ? difference : tags(wanted, stored);
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
