package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.DecodedValue.Marked;
import io.cachemigrator.map.encoding.DecodedValue.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads values of the factory family, all of whose releases say with a marker how they wrote a value: sealed tokens,
 * {@code rawj:} with JSON, {@code raw:} and {@code pick:} with a pickle, {@code compressed:} and {@code zlib:} with a compressed
 * pickle, a JSON frame around such a text, and bare JSON or pickles of the oldest ones. What is decided is the marker, never the
 * size. Never fails: what must not be read comes back as {@link DecodedValue.Refused}. Immutable, safe for use by many threads.
 */
public final class MarkedDecoder {
    /** How deep a pickle's containers may be nested here. */
    private static final int MAX_PICKLE_DEPTH = 64;

    private static final String FRAME_FIELD = "_serialized_data";

    private final DecodingLimits limits;
    private final DecodingLimits pickleLimits;
    private final FernetKeys keys;

    /**
     * Makes a decoder.
     *
     * @param limits what one value may ask of it
     * @param keys open sealed values
     */
    public MarkedDecoder(DecodingLimits limits, FernetKeys keys) {
        this.limits = limits;
        this.pickleLimits = new DecodingLimits(
                limits.maxBytes(), limits.maxElements(), Math.min(limits.maxDepth(), MAX_PICKLE_DEPTH));
        this.keys = keys;
    }

    /**
     * Decodes one value.
     *
     * @param value the bytes as the store holds them, empty included
     * @return {@link Marked} or {@link DecodedValue.Refused}
     */
    public DecodedValue decode(byte[] value) {
        if (value.length > limits.maxBytes()) {
            return refused(
                    LegacyEncoding.OPAQUE,
                    Reason.TOO_LARGE,
                    "the value has " + value.length + " bytes, at most " + limits.maxBytes() + " are read");
        }
        if (FernetKeys.looksLike(value)) {
            return sealed(value);
        }
        return unsealed(value);
    }

    private DecodedValue sealed(byte[] value) {
        if (keys.isEmpty()) {
            return refused(
                    LegacyEncoding.FERNET, Reason.KEY_MISSING, "the value is encrypted, and no key for it was named");
        }
        byte[] content = keys.open(value);
        if (content == null) {
            return refused(
                    LegacyEncoding.FERNET,
                    Reason.KEY_WRONG,
                    "the value is encrypted, and none of the keys named opens it: another key is needed, or it was"
                            + " changed");
        }
        DecodedValue inner = unsealed(content);
        return inner instanceof Marked marked
                ? new Marked(marked.json(), LegacyEncoding.FERNET, "fernet")
                : refused(LegacyEncoding.FERNET, ((DecodedValue.Refused) inner).reason(), detail(inner));
    }

    private DecodedValue unsealed(byte[] value) {
        JsonObject frame = starts(value, "{\"" + FRAME_FIELD + "\"") ? JsonObject.parse(value) : null;
        String framed = frame == null || frame.names().size() != 1 ? null : frame.string(FRAME_FIELD);
        if (framed == null) {
            return marked(value);
        }
        DecodedValue inner = marked(bytes(framed));
        return inner instanceof Marked marked
                ? new Marked(marked.json(), LegacyEncoding.MARKED, "framed")
                : refused(LegacyEncoding.MARKED, ((DecodedValue.Refused) inner).reason(), detail(inner));
    }

    /** A frame holds text; after a marker of something binary each of its characters is one byte. */
    private static byte[] bytes(String framed) {
        boolean latin = framed.chars().allMatch(c -> c <= 0xff);
        return framed.getBytes(
                latin && !framed.startsWith("rawj:") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private DecodedValue marked(byte[] value) {
        if (starts(value, "rawj:")) {
            byte[] json = Arrays.copyOfRange(value, 5, value.length);
            return JsonText.isValid(json)
                    ? new Marked(json, LegacyEncoding.MARKED, "rawj")
                    : refused(LegacyEncoding.MARKED, Reason.CORRUPT_JSON, "what follows 'rawj:' is no JSON");
        }
        if (starts(value, "compressed:")) {
            return compressed(value, "compressed");
        }
        if (starts(value, "raw:") && PickleReader.looksLike(Arrays.copyOfRange(value, 4, value.length))) {
            return pickle(Arrays.copyOfRange(value, 4, value.length), LegacyEncoding.MARKED, "raw");
        }
        if (starts(value, "zlib:")) {
            return compressed(value, "zlib");
        }
        if (starts(value, "pick:") && PickleReader.looksLike(Arrays.copyOfRange(value, 5, value.length))) {
            return pickle(Arrays.copyOfRange(value, 5, value.length), LegacyEncoding.MARKED, "pick");
        }
        if (PickleReader.looksLike(value)) {
            return pickle(value, LegacyEncoding.PICKLE, "pickle");
        }
        return JsonText.isValid(value)
                ? new Marked(value, LegacyEncoding.JSON, "json")
                : refused(
                        LegacyEncoding.OPAQUE,
                        Reason.UNKNOWN_FORMAT,
                        "the value has no marker and is neither a pickle nor JSON");
    }

    private DecodedValue compressed(byte[] value, String marker) {
        int start = marker.length() + 1;
        if (!Unzlib.looksLike(value, start)) {
            return refused(
                    LegacyEncoding.MARKED, Reason.CORRUPT_ZLIB, "what follows '" + marker + ":' is not compressed");
        }
        try {
            byte[] content = Unzlib.decompress(value, start, limits.maxBytes());
            return content == null
                    ? refused(
                            LegacyEncoding.MARKED,
                            Reason.CORRUPT_ZLIB,
                            "what follows '" + marker + ":' is damaged or cut off")
                    : pickle(content, LegacyEncoding.MARKED, marker);
        } catch (Unzlib.LimitExceeded beyond) {
            return refused(LegacyEncoding.MARKED, Reason.TOO_LARGE, String.valueOf(beyond.getMessage()));
        }
    }

    private DecodedValue pickle(byte[] pickle, LegacyEncoding encoding, String layout) {
        if (!PickleReader.looksLike(pickle)) {
            return refused(encoding, Reason.CORRUPT_PICKLE, "what should be a pickle does not start as one");
        }
        try {
            PickleNode node = PickleReader.read(pickle, pickleLimits.maxElements());
            return new Marked(PickleJson.writeMarked(node, pickleLimits), encoding, layout);
        } catch (PickleRefusal refusal) {
            Reason reason = switch (refusal.kind()) {
                case MALFORMED -> Reason.CORRUPT_PICKLE;
                case CODE -> Reason.UNSAFE_PICKLE;
                case UNREPRESENTABLE -> Reason.UNREPRESENTABLE;
                case TOO_LARGE -> Reason.TOO_LARGE;
            };
            return refused(encoding, reason, "the value is a pickle, and " + refusal.getMessage());
        }
    }

    private static boolean starts(byte[] value, String marker) {
        return value.length >= marker.length()
                && Arrays.equals(
                        value, 0, marker.length(), marker.getBytes(StandardCharsets.US_ASCII), 0, marker.length());
    }

    private static String detail(DecodedValue refused) {
        return ((DecodedValue.Refused) refused).detail();
    }

    private static DecodedValue refused(LegacyEncoding encoding, Reason reason, String detail) {
        return new DecodedValue.Refused(encoding, reason, detail);
    }
}
