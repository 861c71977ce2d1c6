package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON text as the factory family does: nothing between the tokens, and every character that is not printable ASCII
 * escaped. Numbers and the escapes that are there stay as they are. Stateless.
 */
public final class CompactJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private CompactJson() {}

    /**
     * The same value in fewer bytes, and in ASCII.
     *
     * @param json valid JSON text in the Python dialect, see {@link JsonText}
     * @throws IllegalArgumentException if the text is no JSON
     */
    public static byte[] of(byte[] json) {
        if (!JsonText.isValid(json)) {
            throw new IllegalArgumentException("The text is no JSON. Hand in one JSON value.");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        int p = JsonText.skipSpace(json, 0);
        while (p < json.length) {
            if (json[p] == '"') {
                int end = JsonText.string(json, p);
                literal(json, p, end, out);
                p = end;
            } else {
                out.write(json[p++]);
            }
            p = JsonText.skipSpace(json, p);
        }
        return out.toByteArray();
    }

    private static void literal(byte[] json, int start, int end, ByteArrayOutputStream out) {
        int p = start;
        while (p < end) {
            if (json[p] >= ' ' && json[p] <= '~') {
                out.write(json[p++]);
            } else {
                int length = json[p] >= 0 ? 1 : Utf8.sequence(json, p);
                String character = new String(json, p, length, StandardCharsets.UTF_8);
                for (int i = 0; i < character.length(); i++) {
                    escape(character.charAt(i), out);
                }
                p += length;
            }
        }
    }

    private static void escape(char c, ByteArrayOutputStream out) {
        out.write('\\');
        out.write('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.write(HEX[(c >> shift) & 0xf]);
        }
    }
}
