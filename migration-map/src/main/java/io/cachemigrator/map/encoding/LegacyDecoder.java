package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.DecodedValue.Reason;

/**
 * Finds out how a legacy value is encoded and reads it: pickle, then gzip, then JSON, else opaque bytes. JSON is only
 * validated, never parsed into objects. Never fails: what must not be read comes back as
 * {@link DecodedValue.Refused}. Immutable, safe for use by many threads.
 */
public final class LegacyDecoder {
    private final DecodingLimits limits;

    /**
     * Makes a decoder.
     *
     * @param limits what one value may ask of it
     */
    public LegacyDecoder(DecodingLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes one value.
     *
     * @param value the bytes as the store holds them, empty included; shared with the result where kept verbatim
     */
    public DecodedValue decode(byte[] value) {
        if (value.length > limits.maxBytes()) {
            return new DecodedValue.Refused(
                    LegacyEncoding.OPAQUE,
                    Reason.TOO_LARGE,
                    "the value has " + value.length + " bytes, at most " + limits.maxBytes() + " are read");
        }
        if (PickleReader.looksLike(value)) {
            return pickle(value);
        }
        if (Gunzip.looksLike(value)) {
            return gzip(value);
        }
        return JsonText.isValid(value) ? new DecodedValue.Json(value) : opaque(value, "neither pickle, gzip nor JSON");
    }

    /**
     * Whether a value is one that only all of it tells: a pickle, or compressed.
     *
     * @param start its first bytes, two at least unless it is shorter
     */
    public static boolean isPacked(byte[] start) {
        return PickleReader.looksLike(start) || Gunzip.looksLike(start);
    }

    private DecodedValue pickle(byte[] value) {
        try {
            PickleNode node = PickleReader.read(value, limits.maxElements());
            return node instanceof PickleNode.Bytes bytes
                    ? new DecodedValue.PickledBytes(bytes.value(), bytes.type())
                    : new DecodedValue.PickledJson(PickleJson.write(node, limits), node.type());
        } catch (PickleRefusal refusal) {
            String detail = "starts as a pickle, but " + refusal.getMessage();
            return switch (refusal.kind()) {
                case MALFORMED -> opaque(value, detail);
                case CODE -> refused(LegacyEncoding.PICKLE, Reason.CODE, detail);
                case UNREPRESENTABLE -> refused(LegacyEncoding.PICKLE, Reason.UNREPRESENTABLE, detail);
                case TOO_LARGE -> refused(LegacyEncoding.PICKLE, Reason.TOO_LARGE, detail);
            };
        }
    }

    private DecodedValue gzip(byte[] value) {
        try {
            byte[] content = Gunzip.decompress(value, limits.maxBytes());
            return content != null && JsonText.isValid(content)
                    ? new DecodedValue.GzipJson(content)
                    : opaque(
                            value,
                            content == null ? "starts as gzip, but is damaged" : "gzip of something that is not JSON");
        } catch (Gunzip.LimitExceeded beyond) {
            return refused(LegacyEncoding.GZIP_JSON, Reason.TOO_LARGE, String.valueOf(beyond.getMessage()));
        }
    }

    private static DecodedValue refused(LegacyEncoding encoding, Reason reason, String detail) {
        return new DecodedValue.Refused(encoding, reason, detail);
    }

    private static DecodedValue opaque(byte[] value, String note) {
        return new DecodedValue.Opaque(value, value.length > 0 && Utf8.isValid(value), note);
    }
}
