package io.cachemigrator.map.encoding;

/**
 * How a legacy value is encoded. The encodings of plain values are tried in this order; sealed and marked ones are looked for,
 * and before all others, only where a key space names them.
 */
public enum LegacyEncoding {
    /** A Fernet token around a marked value, as the AI cache writes it with an encryption key. */
    FERNET("fernet"),
    /** A value with a marker such as {@code rawj:} or {@code compressed:} in front, or in the JSON frame of the AI cache. */
    MARKED("marked"),
    /** Python's serialised objects, protocols 2 to 5. */
    PICKLE("pickle"),
    /** JSON text compressed with gzip. */
    GZIP_JSON("gzip-json"),
    /** JSON text of the Python dialect; counters included. */
    JSON("json"),
    /** Anything else: bytes without a known meaning, the empty value included. */
    OPAQUE("opaque");

    private final String text;

    LegacyEncoding(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
