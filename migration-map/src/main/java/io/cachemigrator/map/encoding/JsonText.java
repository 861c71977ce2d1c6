package io.cachemigrator.map.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Recognises JSON text as Python writes it: strict JSON in UTF-8, and in addition {@code NaN}, {@code Infinity},
 * {@code -Infinity}, numbers of any size, escaped lone surrogates and duplicate names. Works on bytes, builds nothing
 * and allocates nothing. Stateless.
 */
public final class JsonText {
    /** How deep arrays and objects may be nested; deeper text is not taken for JSON. */
    public static final int MAX_DEPTH = 500;

    static final int INVALID = -1;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final byte[] NAN = ascii("NaN");
    private static final byte[] INFINITY = ascii("Infinity");
    private static final byte[] MINUS_INFINITY = ascii("-Infinity");

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = hexTable();
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JsonText() {}

    /**
     * Tells whether the bytes are one JSON value, with nothing but white space around it.
     *
     * @param text any bytes; empty is not JSON
     */
    public static boolean isValid(byte[] text) {
        int end = value(text, skipSpace(text, 0), 0);
        return end != INVALID && skipSpace(text, end) == text.length;
    }

    /**
     * Tells whether the bytes are a plain decimal integer that fits 64 bits, as a Redis counter is stored: an optional
     * minus sign and digits without leading zeros.
     *
     * @param text any bytes
     */
    public static boolean isCounter(byte[] text) {
        int digits = text.length > 0 && text[0] == '-' ? 1 : 0;
        if (text.length == digits || text.length > 20 || integerDigits(text, digits) != text.length) {
            return false;
        }
        String number = new String(text, StandardCharsets.US_ASCII);
        try {
            return Long.toString(Long.parseLong(number)).equals(number);
        } catch (NumberFormatException beyond64Bits) {
            return false;
        }
    }

    static int skipSpace(byte[] text, int position) {
        int p = position;
        while (p < text.length && (text[p] == ' ' || text[p] == '\n' || text[p] == '\t' || text[p] == '\r')) {
            p++;
        }
        return p;
    }

    /** The position after the value that starts here, or {@link #INVALID}. */
    static int value(byte[] text, int position, int depth) {
        if (position >= text.length || depth > MAX_DEPTH) {
            return INVALID;
        }
        return switch (text[position]) {
            case '{' -> object(text, position + 1, depth);
            case '[' -> array(text, position + 1, depth);
            case '"' -> string(text, position);
            case 't' -> literal(text, position, TRUE);
            case 'f' -> literal(text, position, FALSE);
            case 'n' -> literal(text, position, NULL);
            case 'N' -> literal(text, position, NAN);
            case 'I' -> literal(text, position, INFINITY);
            default -> number(text, position);
        };
    }

    private static int object(byte[] text, int position, int depth) {
        int p = skipSpace(text, position);
        if (p < text.length && text[p] == '}') {
            return p + 1;
        }
        while (true) {
            p = string(text, p);
            p = p == INVALID ? INVALID : skipSpace(text, p);
            if (p == INVALID || p >= text.length || text[p] != ':') {
                return INVALID;
            }
            p = value(text, skipSpace(text, p + 1), depth + 1);
            p = p == INVALID ? INVALID : skipSpace(text, p);
            if (p == INVALID || p >= text.length) {
                return INVALID;
            }
            if (text[p] == '}') {
                return p + 1;
            }
            if (text[p] != ',') {
                return INVALID;
            }
            p = skipSpace(text, p + 1);
        }
    }

    private static int array(byte[] text, int position, int depth) {
        int p = skipSpace(text, position);
        if (p < text.length && text[p] == ']') {
            return p + 1;
        }
        while (true) {
            p = value(text, p, depth + 1);
            p = p == INVALID ? INVALID : skipSpace(text, p);
            if (p == INVALID || p >= text.length) {
                return INVALID;
            }
            if (text[p] == ']') {
                return p + 1;
            }
            if (text[p] != ',') {
                return INVALID;
            }
            p = skipSpace(text, p + 1);
        }
    }

    /** The position after the string whose opening quote is here, or {@link #INVALID}. */
    static int string(byte[] text, int position) {
        if (position >= text.length || text[position] != '"') {
            return INVALID;
        }
        int p = position + 1;
        while (p < text.length) {
            p = skipPlain(text, p);
            if (p == text.length) {
                return INVALID;
            }
            byte b = text[p];
            if (b == '"') {
                return p + 1;
            }
            int length = b == '\\' ? escape(text, p) : b >= ' ' ? 1 : b >= 0 ? INVALID : Utf8.sequence(text, p);
            if (length == INVALID) {
                return INVALID;
            }
            p += length;
        }
        return INVALID;
    }

    /**
     * Skips characters that stand for themselves, eight at a time. A byte's high bit is set where it is a control
     * character, a quote, a backslash or not ASCII; borrows only run upwards, so the lowest such bit is exact.
     */
    static int skipPlain(byte[] text, int position) {
        int p = position;
        while (p + Long.BYTES <= text.length) {
            long word = (long) WORDS.get(text, p);
            long quote = word ^ EACH_BYTE * '"';
            long backslash = word ^ EACH_BYTE * '\\';
            long special = (((word - EACH_BYTE * ' ') & ~word)
                            | ((quote - EACH_BYTE) & ~quote)
                            | ((backslash - EACH_BYTE) & ~backslash)
                            | word)
                    & HIGH_BITS;
            if (special != 0) {
                return p + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < text.length && text[p] >= ' ' && text[p] != '"' && text[p] != '\\') {
            p++;
        }
        return p;
    }

    private static int escape(byte[] text, int position) {
        if (position + 1 >= text.length) {
            return INVALID;
        }
        return switch (text[position + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hexDigits(text, position + 2) ? 6 : INVALID;
            default -> INVALID;
        };
    }

    private static boolean hexDigits(byte[] text, int position) {
        return position + 4 <= text.length
                && (HEX[text[position] & 0xff]
                                & HEX[text[position + 1] & 0xff]
                                & HEX[text[position + 2] & 0xff]
                                & HEX[text[position + 3] & 0xff])
                        != 0;
    }

    private static byte[] hexTable() {
        byte[] table = new byte[256];
        for (byte digit : ascii("0123456789abcdefABCDEF")) {
            table[digit] = 1;
        }
        return table;
    }

    private static int literal(byte[] text, int position, byte[] literal) {
        int end = position + literal.length;
        if (end > text.length) {
            return INVALID;
        }
        for (int i = 0; i < literal.length; i++) {
            if (text[position + i] != literal[i]) {
                return INVALID;
            }
        }
        return end;
    }

    private static int number(byte[] text, int position) {
        int p = position;
        if (text[p] == '-') {
            p++;
            if (p < text.length && text[p] == 'I') {
                return literal(text, position, MINUS_INFINITY);
            }
        }
        p = integerDigits(text, p);
        if (p != INVALID && p < text.length && text[p] == '.') {
            p = digits(text, p + 1);
        }
        if (p != INVALID && p < text.length && (text[p] == 'e' || text[p] == 'E')) {
            p++;
            if (p < text.length && (text[p] == '+' || text[p] == '-')) {
                p++;
            }
            p = digits(text, p);
        }
        return p;
    }

    private static int integerDigits(byte[] text, int position) {
        return position < text.length && text[position] == '0' ? position + 1 : digits(text, position);
    }

    private static int digits(byte[] text, int position) {
        int p = position;
        while (p < text.length && text[p] >= '0' && text[p] <= '9') {
            p++;
        }
        return p == position ? INVALID : p;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
