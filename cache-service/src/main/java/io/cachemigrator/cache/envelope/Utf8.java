package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * UTF-8 without replacement characters: text that has no UTF-8 form, and bytes that are no UTF-8, are refused rather than
 * changed, so that two different texts never become the same bytes.
 */
public final class Utf8 {
    private Utf8() {}

    /**
     * The UTF-8 bytes of a text.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    public static byte[] encode(String text) {
        if (!isEncodable(text)) {
            throw new IllegalArgumentException("the text holds half of a surrogate pair, which UTF-8 cannot express");
        }
        return text.getBytes(UTF_8);
    }

    /** Whether a text has a UTF-8 form: every surrogate stands in a pair. */
    public static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    /**
     * The text that a range of bytes holds.
     *
     * @throws CharacterCodingException if they are not UTF-8
     */
    public static String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString();
    }

    /** The text that the bytes hold. */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        return decode(bytes, 0, bytes.length);
    }
}
