package io.cachemigrator.map.encoding;

/** What a legacy value turned out to be. Arrays are shared with the caller and must not be changed. */
@SuppressWarnings(
        "ArrayRecordComponent") // results are looked at once and never compared; a wrapper would cost on every entry
public sealed interface DecodedValue {
    /** The encoding that was recognised. */
    LegacyEncoding encoding();

    /**
     * JSON text, kept as it is.
     *
     * @param text the value's own bytes
     */
    record Json(byte[] text) implements DecodedValue {
        @Override
        public LegacyEncoding encoding() {
            return LegacyEncoding.JSON;
        }
    }

    /**
     * JSON text that was compressed.
     *
     * @param text the text, decompressed
     */
    record GzipJson(byte[] text) implements DecodedValue {
        @Override
        public LegacyEncoding encoding() {
            return LegacyEncoding.GZIP_JSON;
        }
    }

    /**
     * A pickle of plain data, as JSON text.
     *
     * @param json the data: a set is an array, a time is ISO text, an object is a map with {@code @class}
     * @param pythonType the type of the outermost value, such as {@code set} or {@code package.module.Name}
     */
    record PickledJson(byte[] json, String pythonType) implements DecodedValue {
        @Override
        public LegacyEncoding encoding() {
            return LegacyEncoding.PICKLE;
        }
    }

    /**
     * A pickle of bytes.
     *
     * @param bytes the bytes
     * @param pythonType {@code bytes} or {@code bytearray}
     */
    record PickledBytes(byte[] bytes, String pythonType) implements DecodedValue {
        @Override
        public LegacyEncoding encoding() {
            return LegacyEncoding.PICKLE;
        }
    }

    /**
     * A value whose layout says how to read it, as JSON text.
     *
     * @param json the data: tuples and sets are arrays, bytes are {@code {"$binary": base64}}
     * @param encoding {@link LegacyEncoding#MARKED}, {@link LegacyEncoding#FERNET}, or what a value without a marker is
     * @param layout the marker without its colon, or {@code json}, {@code pickle}, {@code framed} or {@code fernet}
     */
    record Marked(byte[] json, LegacyEncoding encoding, String layout) implements DecodedValue {}

    /**
     * Bytes that no encoding explains.
     *
     * @param bytes the value's own bytes
     * @param text whether they are UTF-8 text of at least one character
     * @param note why they are taken as opaque
     */
    record Opaque(byte[] bytes, boolean text, String note) implements DecodedValue {
        @Override
        public LegacyEncoding encoding() {
            return LegacyEncoding.OPAQUE;
        }
    }

    /**
     * A value that must not or cannot be read.
     *
     * @param encoding the encoding that was recognised
     * @param reason why, as a code
     * @param detail why, in words, without any of the value's content
     */
    record Refused(LegacyEncoding encoding, Reason reason, String detail) implements DecodedValue {}

    /** Why a value is refused. */
    enum Reason {
        /** A pickle wants code to be run: a call, a class with arguments, an external reference. */
        CODE,
        /** Data without an equal in JSON, such as a map keyed by tuples. */
        UNREPRESENTABLE,
        /** A limit is passed. */
        TOO_LARGE,
        /** A pickle after a marker wants code to be run or names a class. */
        UNSAFE_PICKLE,
        /** A compressed value is damaged or cut off. */
        CORRUPT_ZLIB,
        /** A pickle is damaged or cut off. */
        CORRUPT_PICKLE,
        /** What should be JSON is none. */
        CORRUPT_JSON,
        /** A sealed value, and no key was given. */
        KEY_MISSING,
        /** A sealed value that no key given opens, or that was changed. */
        KEY_WRONG,
        /** Neither a marker nor anything else that is known. */
        UNKNOWN_FORMAT
    }
}
