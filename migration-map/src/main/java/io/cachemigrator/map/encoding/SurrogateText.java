package io.cachemigrator.map.encoding;

import java.nio.charset.StandardCharsets;

/** UTF-8 that also holds surrogates as three bytes each, as Python writes text with lone surrogates. */
final class SurrogateText {
    private SurrogateText() {}

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
