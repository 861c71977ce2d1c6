package io.cachemigrator.map.encoding;

/** How a legacy value is encoded, in the order in which the encodings are tried. */
public enum LegacyEncoding {
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
