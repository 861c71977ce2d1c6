package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Recovers compressed values that a legacy service stored as the printed form of a Python bytes object: text such as
 * {@code b'\x1f\x8b...'} in place of the bytes. Stateless.
 */
public final class PythonBytesLiteral {
    private PythonBytesLiteral() {}

    /**
     * Recovers the value behind a printed bytes object: literal, gzip, then JSON, or plain text as a JSON string.
     *
     * @param literal the text that took the value's place
     * @param maxBytes how long the recovered value may be, in bytes
     * @return JSON text, or null where any of the steps does not succeed
     */
    public static byte @Nullable [] recoverJson(String literal, int maxBytes) {
        byte[] compressed = parse(literal);
        if (compressed == null || !Gunzip.looksLike(compressed)) {
            return null;
        }
        byte[] content;
        try {
            content = Gunzip.decompress(compressed, maxBytes);
        } catch (Gunzip.LimitExceeded beyond) {
            return null;
        }
        if (content == null || JsonText.isValid(content)) {
            return content;
        }
        if (!Utf8.isValid(content)) {
            return null;
        }
        JsonOutput text = new JsonOutput(maxBytes).string(new String(content, StandardCharsets.UTF_8));
        return text.overflowed() ? null : text.toBytes();
    }

    /**
     * Parses the printed form.
     *
     * @return the bytes, or null where the text is no such literal
     */
    static byte @Nullable [] parse(String literal) {
        int last = literal.length() - 1;
        if (last < 2 || literal.charAt(0) != 'b') {
            return null;
        }
        char quote = literal.charAt(1);
        if ((quote != '\'' && quote != '"') || literal.charAt(last) != quote) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(literal.length());
        int p = 2;
        while (p < last) {
            char c = literal.charAt(p);
            if (c == quote || c < ' ' || c > '~') {
                return null;
            }
            int length = c == '\\' ? escape(literal, p + 1, last, bytes) : 1;
            if (length < 0) {
                return null;
            }
            if (c != '\\') {
                bytes.write(c);
            }
            p += length;
        }
        return bytes.toByteArray();
    }

    /** Writes what the escape stands for and gives its whole length, or -1 where it is none. */
    private static int escape(String literal, int p, int last, ByteArrayOutputStream bytes) {
        if (p >= last) {
            return -1;
        }
        char c = literal.charAt(p);
        if (c == 'x') {
            int high = p + 2 < last ? Character.digit(literal.charAt(p + 1), 16) : -1;
            int low = p + 2 < last ? Character.digit(literal.charAt(p + 2), 16) : -1;
            bytes.write((high << 4) | low);
            return high < 0 || low < 0 ? -1 : 4;
        }
        int plain = switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '\'', '"' -> c;
            default -> -1;
        };
        bytes.write(plain);
        return plain < 0 ? -1 : 2;
    }
}
