package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** UTF-8 that also holds surrogates as three bytes each, as Python writes text with lone surrogates. */
final class SurrogateText {
    private SurrogateText() {}

    /** The bytes of a text; of one without lone surrogates its UTF-8. */
    static byte[] encode(String text) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length() + 16);
        int p = 0;
        while (p < text.length()) {
            int codePoint = text.codePointAt(p);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                encoded.write(0xe0 | (codePoint >> 12));
                encoded.write(0x80 | ((codePoint >> 6) & 0x3f));
                encoded.write(0x80 | (codePoint & 0x3f));
            } else if (codePoint < 0x80) {
                encoded.write(codePoint);
            } else {
                encoded.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            }
            p += Character.charCount(codePoint);
        }
        return encoded.toByteArray();
    }

    static String decode(byte[] encoded) throws PickleRefusal {
        StringBuilder text = new StringBuilder(encoded.length);
        int p = 0;
        while (p < encoded.length) {
            if (encoded[p] >= 0) {
                text.append((char) encoded[p++]);
            } else if (isSurrogate(encoded, p)) {
                text.append((char) (0xd000 | ((encoded[p + 1] & 0x3f) << 6) | (encoded[p + 2] & 0x3f)));
                p += 3;
            } else {
                int length = Utf8.sequence(encoded, p);
                if (length < 0) {
                    throw PickleRefusal.malformed("a text is not UTF-8");
                }
                text.append(new String(encoded, p, length, StandardCharsets.UTF_8));
                p += length;
            }
        }
        return text.toString();
    }

    private static boolean isSurrogate(byte[] encoded, int p) {
        return p + 2 < encoded.length
                && encoded[p] == (byte) 0xed
                && (encoded[p + 1] & 0xe0) == 0xa0
                && (encoded[p + 2] & 0xc0) == 0x80;
    }
}
