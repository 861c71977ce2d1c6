package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON text in the dialect of the legacy caches: a comma or colon is followed by one space, and every character
 * outside ASCII is escaped, so that lone surrogates survive. Not thread-safe.
 */
public final class JsonOutput {
    private static final String HEX = "0123456789abcdef";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final int maxBytes;
    private boolean overflow;

    /**
     * Starts an empty text.
     *
     * @param maxBytes how long the text may grow; what is written beyond is discarded and {@link #overflowed()} is set
     */
    public JsonOutput(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Appends ASCII text as it is: brackets, separators, numbers, literals. */
    public JsonOutput raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends JSON text as it is. */
    public JsonOutput raw(byte[] json) {
        if (json.length > maxBytes - bytes.size()) {
            overflow = true;
        } else {
            bytes.writeBytes(json);
        }
        return this;
    }

    /** Appends a member's name with the colon after it. */
    public JsonOutput name(String name) {
        return string(name).raw(": ");
    }

    /** Appends a string, quoted and escaped. */
    public JsonOutput string(String value) {
        StringBuilder literal = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '\b' -> literal.append("\\b");
                case '\f' -> literal.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        escape(literal, c);
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return raw(literal.append('"').toString());
    }

    /** Tells whether something had to be discarded. */
    public boolean overflowed() {
        return overflow;
    }

    /** A copy of the text written so far. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    private static void escape(StringBuilder literal, char c) {
        literal.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            literal.append(HEX.charAt((c >> shift) & 0xf));
        }
    }
}
