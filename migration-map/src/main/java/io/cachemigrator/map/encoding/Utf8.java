package io.cachemigrator.map.encoding;

/** Checks of UTF-8 on bytes, without decoding them. Stateless. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Tells whether all bytes are well-formed UTF-8: shortest forms only, no surrogates, nothing above U+10FFFF.
     *
     * @param bytes any bytes; empty is well-formed
     */
    public static boolean isValid(byte[] bytes) {
        int position = 0;
        while (position < bytes.length) {
            if (bytes[position] >= 0) {
                position++;
            } else {
                int length = sequence(bytes, position);
                if (length < 0) {
                    return false;
                }
                position += length;
            }
        }
        return true;
    }

    /** The length of the multi-byte sequence that starts at a position, or -1 where it is not well-formed. */
    static int sequence(byte[] bytes, int position) {
        int lead = bytes[position] & 0xff;
        int length = lead < 0xc2 ? -1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : -1;
        if (length < 0 || position + length > bytes.length) {
            return -1;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[position + i] & 0xc0) != 0x80) {
                return -1;
            }
        }
        int second = bytes[position + 1] & 0xff;
        return switch (lead) {
            case 0xe0 -> second >= 0xa0 ? length : -1;
            case 0xed -> second < 0xa0 ? length : -1;
            case 0xf0 -> second >= 0x90 ? length : -1;
            case 0xf4 -> second < 0x90 ? length : -1;
            default -> length;
        };
    }
}
