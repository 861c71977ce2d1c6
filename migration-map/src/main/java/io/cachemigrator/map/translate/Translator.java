package io.cachemigrator.map.translate;

import io.cachemigrator.map.Exclusion;
import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.KeySpaceMatcher;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.Transform;
import io.cachemigrator.map.encoding.DecodedValue;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.encoding.FernetKeys;
import io.cachemigrator.map.encoding.JsonText;
import io.cachemigrator.map.encoding.LegacyDecoder;
import io.cachemigrator.map.encoding.LegacyEncoding;
import io.cachemigrator.map.encoding.MarkedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of a legacy entry: a pure function of the map, the parameters and the entry, without input or
 * output. Values that are copied are validated, never parsed into objects. Immutable, safe for use by many threads.
 */
public final class Translator {
    /** Metadata key of the type of a collection. */
    public static final String TYPE_KEY = "legacy.type";
    /** How long an id may be, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 65_535;

    private static final int MAX_FOLDS = 8;
    private static final Set<String> NO_FIELDS = Set.of();
    private static final Map<String, String> NO_METADATA = Map.of();

    private final KeySpaceMatcher matcher;
    private final LegacyDecoder decoder;
    private final MarkedDecoder markedDecoder;
    private final HttpEnvelope httpEnvelope;
    private final PrecomputedResponse precomputedResponse;

    private Translator(KeySpaceMatcher matcher, DecodingLimits limits, FernetKeys keys) {
        this.matcher = matcher;
        this.decoder = new LegacyDecoder(limits);
        this.markedDecoder = new MarkedDecoder(limits, keys);
        this.httpEnvelope = new HttpEnvelope(limits.maxBytes());
        this.precomputedResponse = new PrecomputedResponse(limits.maxBytes());
    }

    /**
     * Makes a translator with the default limits.
     *
     * @param map a valid map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static Translator of(MigrationMap map, Map<String, String> parameters) {
        return of(map, parameters, DecodingLimits.DEFAULT);
    }

    /**
     * Makes a translator.
     *
     * @param map a valid map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @param limits what one value may ask of it
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static Translator of(MigrationMap map, Map<String, String> parameters, DecodingLimits limits) {
        return of(map, parameters, limits, FernetKeys.NONE);
    }

    /**
     * Makes a translator that opens encrypted values.
     *
     * @param map a valid map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @param limits what one value may ask of it
     * @param keys open encrypted values
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static Translator of(
            MigrationMap map, Map<String, String> parameters, DecodingLimits limits, FernetKeys keys) {
        return new Translator(KeySpaceMatcher.of(map, parameters), limits, keys);
    }

    /** The matcher by which keys are found, with the patterns to scan for. */
    public KeySpaceMatcher matcher() {
        return matcher;
    }

    /**
     * Says what becomes of an entry.
     *
     * @param entry the entry as found, whose value the result may share
     */
    public Translation translate(LegacyEntry entry) {
        return translate(entry, 0);
    }

    private Translation translate(LegacyEntry entry, int folds) {
        KeyMatch match = matcher.match(entry.key());
        if (match instanceof KeyMatch.Claimed claimed) {
            return claimed(claimed, entry, folds);
        }
        return match instanceof KeyMatch.Excluded excluded
                ? new Translation.Excluded(excluded.exclusion())
                : Translation.Unclaimed.UNCLAIMED;
    }

    private Translation claimed(KeyMatch.Claimed claimed, LegacyEntry entry, int folds) {
        KeySpace space = claimed.keySpace();
        if (space.strategy() == Strategy.DROP || space.strategy() == Strategy.RECOMPUTE) {
            return new Translation.NotCopied(space.name(), space.strategy());
        }
        if (!accepts(space, entry.redisType())) {
            if (space.open()) {
                return foreign(space, "UNSUPPORTED_TYPE", "the key has the type " + entry.redisType());
            }
            return quarantined(
                    space,
                    QuarantineReason.FOREIGN_TYPE,
                    "the key has the type " + entry.redisType() + ", its key space has " + space.redisTypes());
        }
        if (space.transform() == Transform.FOLD_KEY) {
            return folded(claimed, entry, folds);
        }
        String id = claimed.targetId();
        if (id == null || id.isEmpty() || entry.key().length > MAX_ID_BYTES) {
            return quarantined(
                    space, QuarantineReason.INVALID_ID, "the key leaves no id of 1 to " + MAX_ID_BYTES + " bytes");
        }
        if (RedisType.named(entry.redisType()) == RedisType.STRING) {
            return entry.large() ? large(claimed, id, entry) : decoded(claimed, id, entry);
        }
        return collection(claimed, id, entry);
    }

    private static Translation large(KeyMatch.Claimed claimed, String id, LegacyEntry entry) {
        KeySpace space = claimed.keySpace();
        EntryDraft draft = new EntryDraft(claimed, id, entry, entry.value(), NO_METADATA);
        return new Translation.Large(
                space.name(),
                claimed.region(),
                id,
                draft.remainingTtlMillis(),
                space.encodings(),
                space.strategy() != Strategy.COPY || isMarked(space));
    }

    /** A collection, whose elements are texts whatever they hold: the encodings are those of whole values. */
    private static Translation collection(KeyMatch.Claimed claimed, String id, LegacyEntry entry) {
        KeySpace space = claimed.keySpace();
        boolean unread = entry.value().length == 0 && !entry.large();
        if (unread || RedisType.named(entry.redisType()) == RedisType.STREAM) {
            // its value was not read, and nothing is not what it holds
            return quarantined(
                    space,
                    QuarantineReason.FOREIGN_TYPE,
                    "the key has the type " + entry.redisType() + ", whose elements are not read");
        }
        if (space.strategy() != Strategy.COPY) {
            return quarantined(
                    space,
                    QuarantineReason.UNEXPECTED_SHAPE,
                    "the key has the type " + entry.redisType() + ", and only the value of a string is transformed");
        }
        if (entry.large()) {
            return large(claimed, id, entry);
        }
        return new EntryDraft(claimed, id, entry, entry.value(), Map.of(TYPE_KEY, entry.redisType()))
                .entry(PayloadCodec.JSON, entry.value(), claimed.tags(), Fidelity.TRANSFORMED, NO_FIELDS);
    }

    private Translation folded(KeyMatch.Claimed claimed, LegacyEntry entry, int folds) {
        byte[] legacyKey = claimed.targetLegacyKey();
        if (legacyKey == null || folds == MAX_FOLDS) {
            return quarantined(
                    claimed.keySpace(),
                    QuarantineReason.INVALID_ID,
                    "the key is still a mistaken one after " + MAX_FOLDS + " corrections");
        }
        LegacyEntry corrected = new LegacyEntry(
                legacyKey, entry.redisType(), entry.value(), entry.remainingTtlMillis(), entry.readAt(), entry.large());
        return refolded(translate(corrected, folds + 1), claimed.keySpace(), entry.key(), legacyKey);
    }

    /** What becomes of the corrected entry, told of the entry as it was found. */
    private static Translation refolded(Translation corrected, KeySpace space, byte[] key, byte[] legacyKey) {
        if (corrected instanceof Translation.Entry entry) {
            return new Translation.FoldIfAbsent(withOrigin(entry, space, key), legacyKey);
        }
        if (corrected instanceof Translation.FoldIfAbsent fold) {
            return new Translation.FoldIfAbsent(withOrigin(fold.entry(), space, key), fold.legacyKey());
        }
        if (corrected instanceof Translation.CounterMerge merge) {
            return new Translation.CounterMerge(
                    space.name(), merge.region(), merge.id(), merge.amount(), merge.legacyCounterKey());
        }
        if (corrected instanceof Translation.Large) {
            return quarantined(
                    space, QuarantineReason.OVERSIZE, "the value is too large to be moved from a mistaken key");
        }
        return corrected instanceof Translation.Quarantined quarantined
                ? quarantined(space, quarantined.reason(), quarantined.detail())
                : corrected;
    }

    private Translation decoded(KeyMatch.Claimed claimed, String id, LegacyEntry entry) {
        KeySpace space = claimed.keySpace();
        DecodedValue value = isMarked(space) ? markedDecoder.decode(entry.value()) : decoder.decode(entry.value());
        if (value instanceof DecodedValue.Refused refused) {
            if (space.open() && refused.reason() == DecodedValue.Reason.UNKNOWN_FORMAT) {
                return foreign(space, "UNKNOWN_FORMAT", refused.detail());
            }
            return quarantined(space, reason(refused.reason()), refused.detail());
        }
        if (!space.encodings().contains(value.encoding())) {
            return quarantined(
                    space,
                    QuarantineReason.UNEXPECTED_ENCODING,
                    "the value is " + value.encoding() + ", its key space has " + space.encodings());
        }
        if (space.strategy() == Strategy.COPY) {
            return copied(claimed, id, entry, value);
        }
        return transformed(claimed, id, entry, value);
    }

    private static Translation copied(KeyMatch.Claimed claimed, String id, LegacyEntry entry, DecodedValue value) {
        EntryDraft draft = new EntryDraft(claimed, id, entry, entry.value(), metadata(value));
        if (value instanceof DecodedValue.Json json) {
            return draft.entry(PayloadCodec.JSON, json.text(), claimed.tags(), Fidelity.IDENTICAL, NO_FIELDS);
        }
        if (value instanceof DecodedValue.PickledBytes pickled) {
            return draft.entry(PayloadCodec.BYTES, pickled.bytes(), claimed.tags(), Fidelity.TRANSFORMED, NO_FIELDS);
        }
        byte[] json = json(value);
        if (json != null) {
            Fidelity fidelity = json == entry.value() ? Fidelity.IDENTICAL : Fidelity.TRANSFORMED;
            return draft.entry(PayloadCodec.JSON, json, claimed.tags(), fidelity, NO_FIELDS);
        }
        boolean text = value instanceof DecodedValue.Opaque opaque && opaque.text();
        PayloadCodec codec = text ? PayloadCodec.STRING : PayloadCodec.BYTES;
        return draft.entry(codec, entry.value(), claimed.tags(), Fidelity.OPAQUE, NO_FIELDS);
    }

    private Translation transformed(KeyMatch.Claimed claimed, String id, LegacyEntry entry, DecodedValue value) {
        KeySpace space = claimed.keySpace();
        byte[] json = json(value);
        if (json == null) {
            return quarantined(
                    space,
                    QuarantineReason.UNEXPECTED_SHAPE,
                    "the value cannot be transformed, because it is not JSON");
        }
        if (space.transform() == Transform.MERGE_COUNTER) {
            return merged(claimed, id, json);
        }
        EntryDraft draft = new EntryDraft(claimed, id, entry, json, metadata(value));
        return space.transform() == Transform.HTTP_ENVELOPE
                ? httpEnvelope.translate(draft)
                : withOrigin(precomputedResponse.translate(draft), space, entry.key());
    }

    private static Translation merged(KeyMatch.Claimed claimed, String id, byte[] json) {
        byte[] legacyKey = claimed.targetLegacyKey();
        if (legacyKey == null || !JsonText.isCounter(json)) {
            return quarantined(
                    claimed.keySpace(),
                    QuarantineReason.NOT_A_COUNTER,
                    "the value is no decimal integer of 64 bits, so it cannot be added to a counter");
        }
        long amount = Long.parseLong(new String(json, StandardCharsets.US_ASCII));
        return new Translation.CounterMerge(claimed.keySpace().name(), claimed.region(), id, amount, legacyKey);
    }

    private static Translation withOrigin(Translation translation, KeySpace space, byte[] key) {
        return translation instanceof Translation.Entry entry ? withOrigin(entry, space, key) : translation;
    }

    /** Notes the legacy key of an entry whose id does not tell it. */
    private static Translation.Entry withOrigin(Translation.Entry entry, KeySpace space, byte[] key) {
        Map<String, String> metadata = new LinkedHashMap<>(entry.metadata());
        metadata.put("legacy.key", new String(key, StandardCharsets.UTF_8));
        return new Translation.Entry(
                space.name(),
                entry.region(),
                entry.id(),
                entry.codec(),
                entry.payload(),
                entry.remainingTtlMillis(),
                entry.tags(),
                Map.copyOf(metadata),
                entry.fidelity(),
                entry.timeFields());
    }

    private static boolean accepts(KeySpace space, String redisType) {
        RedisType type = RedisType.named(redisType);
        return type != null && space.redisTypes().contains(type);
    }

    private static byte @Nullable [] json(DecodedValue value) {
        if (value instanceof DecodedValue.Json json) {
            return json.text();
        }
        if (value instanceof DecodedValue.GzipJson gzip) {
            return gzip.text();
        }
        if (value instanceof DecodedValue.Marked marked) {
            return marked.json();
        }
        return value instanceof DecodedValue.PickledJson pickled ? pickled.json() : null;
    }

    private static Map<String, String> metadata(DecodedValue value) {
        if (value instanceof DecodedValue.PickledJson pickled) {
            return Map.of("legacy.encoding", "pickle", "legacy.type", pickled.pythonType());
        }
        if (value instanceof DecodedValue.PickledBytes pickled) {
            return Map.of("legacy.encoding", "pickle", "legacy.type", pickled.pythonType());
        }
        if (value instanceof DecodedValue.Marked marked) {
            return marked.layout().equals("json") ? NO_METADATA : Map.of("legacy.encoding", marked.layout());
        }
        return value instanceof DecodedValue.GzipJson ? Map.of("legacy.encoding", "gzip") : NO_METADATA;
    }

    /** What an open key space claims only because nothing else does, and turns out to be somebody else's. */
    private static Translation foreign(KeySpace space, String code, String detail) {
        return new Translation.Excluded(new Exclusion(space.pattern(), code + ": " + detail));
    }

    private static boolean isMarked(KeySpace space) {
        return space.encodings().contains(LegacyEncoding.MARKED)
                || space.encodings().contains(LegacyEncoding.FERNET);
    }

    private static QuarantineReason reason(DecodedValue.Reason reason) {
        return switch (reason) {
            case CODE -> QuarantineReason.REFUSED_PICKLE;
            case UNREPRESENTABLE -> QuarantineReason.UNREPRESENTABLE;
            case TOO_LARGE -> QuarantineReason.OVERSIZE;
            case UNSAFE_PICKLE -> QuarantineReason.UNSAFE_PICKLE;
            case CORRUPT_ZLIB -> QuarantineReason.CORRUPT_ZLIB;
            case CORRUPT_PICKLE -> QuarantineReason.CORRUPT_PICKLE;
            case CORRUPT_JSON -> QuarantineReason.CORRUPT_JSON;
            case KEY_MISSING -> QuarantineReason.KEY_MISSING;
            case KEY_WRONG -> QuarantineReason.KEY_WRONG;
            case UNKNOWN_FORMAT -> QuarantineReason.UNKNOWN_FORMAT;
        };
    }

    private static Translation quarantined(KeySpace space, QuarantineReason reason, String detail) {
        return new Translation.Quarantined(space.name(), reason, detail);
    }
}
