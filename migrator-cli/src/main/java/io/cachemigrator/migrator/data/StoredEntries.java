package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.Target;
import io.cachemigrator.map.TtlRule;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.QuarantineReason;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.DiskTierReader;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a store of the consolidated service itself, which no map translates: region, id, payload, codec, compression,
 * encryption, tags, metadata and deadline stay as they are. Their legacy keys are the region, a colon and the id, and each
 * region is a key space. Thread safe.
 */
final class StoredEntries {
    /** What their key spaces start with; no key space of a map can. */
    private static final String KEY_SPACE = "disk:";
    /** Metadata key that tells copies of them from copies of other stores. */
    private static final String FROM = "cm.from";

    private final Map<String, KeySpace> keySpaces = new ConcurrentHashMap<>();

    /** Where an entry is and goes; null for what is no key of an entry. */
    CopyTarget.@Nullable Place place(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return colon <= 0 || colon == text.length() - 1
                ? null
                : new CopyTarget.Place(text.substring(0, colon), text.substring(colon + 1));
    }

    @Nullable
    KeySpace keySpace(byte[] key) {
        CopyTarget.Place place = place(key);
        return place == null
                ? null
                : keySpaces.computeIfAbsent(
                        place.region(),
                        region -> new KeySpace(
                                KEY_SPACE + region,
                                "",
                                region + ":{id}",
                                Set.of(),
                                Set.of(),
                                TtlRule.NONE,
                                Strategy.COPY,
                                null,
                                new Target(region, "{tail}", null, List.of()),
                                false));
    }

    /** Where a copy comes from; empty for what another kind of store gave. */
    List<byte[]> legacyKeys(String region, String id, Map<String, String> metadata) {
        return metadata.containsKey(FROM) ? List.of((region + ":" + id).getBytes(StandardCharsets.UTF_8)) : List.of();
    }

    Translation translate(LegacyEntry entry) {
        CopyTarget.Place place = place(entry.key());
        if (place == null) {
            return Translation.Unclaimed.UNCLAIMED;
        }
        String space = KEY_SPACE + place.region();
        if (!entry.redisType().equals(DiskTierReader.ENVELOPE)) {
            return new Translation.Quarantined(space, QuarantineReason.OVERSIZE, entry.redisType());
        }
        try {
            Envelope envelope = EnvelopeFormat.decode(entry.value());
            return new Translation.Entry(
                    space,
                    place.region(),
                    place.id(),
                    PayloadCodec.BYTES,
                    envelope.payload(),
                    entry.remainingTtlMillis() < 0 ? OptionalLong.empty() : OptionalLong.of(entry.remainingTtlMillis()),
                    envelope.tags(),
                    envelope.metadata(),
                    Fidelity.IDENTICAL,
                    Set.of());
        } catch (EnvelopeException damaged) {
            return new Translation.Quarantined(
                    space, QuarantineReason.UNREPRESENTABLE, "the entry is damaged: " + damaged.getMessage());
        }
    }

    /** Whether a translation is one of these. */
    static boolean isOne(Translation.Entry translation) {
        return translation.keySpace().startsWith(KEY_SPACE);
    }

    /** The envelope to store: the entry's own, marked as a copy made when it was read. */
    static Envelope copy(LegacyEntry legacy, String runId, long createdMicros, long deadlineMillis) {
        try {
            Envelope own = EnvelopeFormat.decode(legacy.value());
            Map<String, String> metadata = new LinkedHashMap<>(own.metadata());
            metadata.put(RunMark.KEY, runId);
            metadata.put(FROM, "disk");
            return own.withFlags(own.flags() | Envelope.MIGRATED)
                    .withMetadata(metadata)
                    .withCreated(createdMicros)
                    .withDeadline(deadlineMillis);
        } catch (EnvelopeException impossible) {
            throw new IllegalStateException("it was decoded when it was translated", impossible);
        }
    }

    /** What differs; null where everything but the time of writing and the run is the same. */
    static @Nullable Difference difference(CopyEntry wanted, @Nullable Envelope stored, long nowMillis) {
        if (stored == null || stored.isTombstone()) {
            return difference(wanted, Difference.Kind.MISSING, stored, nowMillis);
        }
        Envelope own = wanted.envelope();
        if (own.codec() != stored.codec()) {
            return difference(wanted, Difference.Kind.TYPE, stored, nowMillis);
        }
        boolean same = own.compression() == stored.compression()
                && own.encryption() == stored.encryption()
                && own.isNull() == stored.isNull()
                && own.isSliding() == stored.isSliding()
                && Set.copyOf(own.tags()).equals(Set.copyOf(stored.tags()))
                && withoutMarks(own).equals(withoutMarks(stored))
                && Arrays.equals(own.payload(), stored.payload());
        if (!same) {
            return difference(wanted, Difference.Kind.VALUE, stored, nowMillis);
        }
        return isSameDeadline(own, stored) ? null : difference(wanted, Difference.Kind.TTL, stored, nowMillis);
    }

    /** A sliding entry lives on when it is read in the target. */
    private static boolean isSameDeadline(Envelope own, Envelope stored) {
        boolean renewed = own.isSliding()
                && own.deadlineMillis() != Envelope.NO_DEADLINE
                && stored.deadlineMillis() > own.deadlineMillis();
        return renewed || EntryComparison.sameDeadline(own.deadlineMillis(), stored.deadlineMillis());
    }

    private static Map<String, String> withoutMarks(Envelope envelope) {
        Map<String, String> metadata = new LinkedHashMap<>(envelope.metadata());
        metadata.remove(RunMark.KEY);
        metadata.remove(FROM);
        return metadata;
    }

    private static Difference difference(
            CopyEntry wanted, Difference.Kind kind, @Nullable Envelope there, long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        return new Difference(
                wanted.region(),
                wanted.id(),
                kind,
                EntryComparison.describe(wanted.envelope(), now),
                EntryComparison.describe(there, now));
    }
}
