package io.cachemigrator.map.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a Redis collection as JSON text, the same text for the same collection, and without loss: a hash as an object of
 * texts, a set and a list as an array of texts, a sorted set as an array of pairs of text and {@link Score score}. The caller
 * gives the fields of a hash and the members of a set in ascending order of their bytes. Bytes that are no UTF-8 become the
 * escapes {@code \}{@code udc80} to {@code \}{@code udcff}, one for each byte, as Python's {@code surrogateescape} has them; no
 * UTF-8 text holds such characters, so that the bytes can be told again. Not thread-safe.
 */
public final class CollectionJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ESCAPE = 6;

    private final boolean object;
    private byte[] text = new byte[512];
    private int length;
    private boolean any;

    /**
     * Begins a text.
     *
     * @param object whether it is the object of a hash, rather than an array
     */
    public CollectionJson(boolean object) {
        this.object = object;
        text[length++] = (byte) (object ? '{' : '[');
    }

    /** Appends a field of a hash. */
    public void field(byte[] name, byte[] value) {
        next();
        string(name);
        put(':');
        string(value);
    }

    /** Appends an element of a list or a set. */
    public void element(byte[] element) {
        next();
        string(element);
    }

    /**
     * Appends a member of a sorted set.
     *
     * @param score as the server writes it
     */
    public void scored(byte[] member, byte[] score) {
        next();
        put('[');
        string(member);
        put(',');
        byte[] number = Score.json(score);
        reserve(number.length);
        System.arraycopy(number, 0, text, length, number.length);
        length += number.length;
        put(']');
    }

    /** Ends the text. */
    public void end() {
        put(object ? '}' : ']');
    }

    /** How many bytes of the text are held here. */
    public int size() {
        return length;
    }

    /** A copy of the text that is held here. */
    public byte[] toBytes() {
        return Arrays.copyOf(text, length);
    }

    /** Writes the text that is held here, and holds nothing any more. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(text, 0, length);
        length = 0;
    }

    private void next() {
        if (any) {
            put(',');
        }
        any = true;
    }

    private void put(char ascii) {
        reserve(1);
        text[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (text.length - length < more) {
            text = Arrays.copyOf(text, Math.max(length + more, text.length + (text.length >> 1)));
        }
    }

    private void string(byte[] bytes) {
        reserve(bytes.length + 2);
        text[length++] = '"';
        int from = 0;
        for (int p = JsonText.skipPlain(bytes, 0); p < bytes.length; p = JsonText.skipPlain(bytes, p)) {
            byte b = bytes[p];
            int sequence = b < 0 ? Utf8.sequence(bytes, p) : -1;
            if (sequence > 0) {
                p += sequence;
                continue;
            }
            plain(bytes, from, p);
            escape(b);
            p++;
            from = p;
        }
        plain(bytes, from, bytes.length);
        put('"');
    }

    private void plain(byte[] bytes, int from, int to) {
        reserve(to - from + LONGEST_ESCAPE);
        System.arraycopy(bytes, from, text, length, to - from);
        length += to - from;
    }

    private void escape(byte b) {
        text[length++] = '\\';
        if (b == '"' || b == '\\') {
            text[length++] = b;
            return;
        }
        text[length++] = 'u';
        text[length++] = (byte) (b < 0 ? 'd' : '0');
        text[length++] = (byte) (b < 0 ? 'c' : '0');
        text[length++] = HEX[(b >> 4) & 0xf];
        text[length++] = HEX[b & 0xf];
    }
}
