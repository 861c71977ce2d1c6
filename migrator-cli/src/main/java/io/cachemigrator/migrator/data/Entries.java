package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.Translation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes and compares entries of the target. */
final class Entries {
    /** How far two deadlines of the same entry may be apart. */
    static final long DEADLINE_TOLERANCE_MS = 1_000;

    private Entries() {}

    /**
     * The entry to store.
     *
     * @param clockOffsetMillis what to add to the source's time to get the target's
     */
    static CopyEntry of(LegacyEntry legacy, Translation.Entry translation, String runId, long clockOffsetMillis) {
        long readAt = legacy.readAt().toEpochMilli() + clockOffsetMillis;
        long deadline = translation.remainingTtlMillis().isPresent()
                ? readAt + translation.remainingTtlMillis().getAsLong()
                : Envelope.NO_DEADLINE;
        Envelope envelope = new Envelope(
                codec(translation.codec()),
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                Envelope.MIGRATED,
                micros(legacy.readAt()) + clockOffsetMillis * 1_000,
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

    static int codec(PayloadCodec codec) {
        return switch (codec) {
            case BYTES -> Envelope.CODEC_BYTES;
            case STRING -> Envelope.CODEC_TEXT;
            case JSON -> Envelope.CODEC_JSON;
        };
    }

    /** Whether what is stored has the wanted value, type and deadline. */
    static boolean sameValue(CopyEntry wanted, Envelope stored) {
        return stored.codec() == wanted.envelope().codec()
                && !stored.isNull()
                && wanted.translation().matches(stored.payload())
                && sameDeadline(wanted.envelope().deadlineMillis(), stored.deadlineMillis());
    }

    static boolean sameDeadline(long one, long other) {
        boolean none = one == Envelope.NO_DEADLINE || other == Envelope.NO_DEADLINE;
        return none ? one == other : Math.abs(one - other) <= DEADLINE_TOLERANCE_MS;
    }
}
