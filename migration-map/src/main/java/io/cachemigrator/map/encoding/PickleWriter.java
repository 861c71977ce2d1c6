package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values as pickles of protocol 4, for readers of that format: maps, lists, texts, numbers, booleans and nothing,
 * and no name of any class. Not thread-safe; used for one value.
 */
public final class PickleWriter {
    /** Deeper ones are not read by {@link MarkedDecoder} either. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_NODES = 400_000;
    private static final int MAX_DIGITS = 4_000;
    private static final int SURELY_EXACT = 15;

    private final byte[] text;
    private final ByteArrayOutputStream out;
    private int position;
    private int nodes;

    private PickleWriter(byte[] text) {
        this.text = text;
        this.out = new ByteArrayOutputStream(text.length + 64);
    }

    /**
     * Writes a value.
     *
     * @param json valid JSON text in the Python dialect, see {@link JsonText}
     * @return the pickle; null where one would lose something or could not be read again: a number that no double holds, a name
     *     that occurs twice in an object, more than 64 levels, some hundred thousand values, integers of thousands of digits
     * @throws IllegalArgumentException if the text is no JSON
     */
    public static byte @Nullable [] write(byte[] json) {
        if (!JsonText.isValid(json)) {
            throw new IllegalArgumentException("The text is no JSON. Hand in one JSON value.");
        }
        PickleWriter writer = new PickleWriter(json);
        writer.position = JsonText.skipSpace(json, 0);
        return writer.value(0) ? writer.framed() : null;
    }

    /** Protocol, and one frame around all that follows. */
    private byte[] framed() {
        out.write('.');
        ByteArrayOutputStream pickle = new ByteArrayOutputStream(out.size() + 11);
        pickle.write(0x80);
        pickle.write(4);
        pickle.write(0x95);
        long length = out.size();
        for (int i = 0; i < Long.BYTES; i++) {
            pickle.write((int) (length >>> (8 * i)));
        }
        pickle.writeBytes(out.toByteArray());
        return pickle.toByteArray();
    }

    /** Writes the value that starts here and goes behind it; false where it cannot be written. */
    private boolean value(int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            return false;
        }
        return switch (text[position]) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                text(string());
                yield true;
            }
            case 't', 'f', 'n' -> {
                out.write(text[position] == 't' ? 0x88 : text[position] == 'f' ? 0x89 : 'N');
                position = JsonText.value(text, position, 0);
                yield true;
            }
            default -> number();
        };
    }

    private boolean object(int depth) {
        out.write('}');
        position = JsonText.skipSpace(text, position + 1);
        if (text[position] == '}') {
            position++;
            return true;
        }
        Set<String> names = new HashSet<>();
        out.write('(');
        while (true) {
            String name = string();
            if (!names.add(name) || ++nodes > MAX_NODES) {
                return false;
            }
            text(name);
            position = JsonText.skipSpace(text, JsonText.skipSpace(text, position) + 1);
            if (!value(depth + 1)) {
                return false;
            }
            if (isLast('}')) {
                out.write('u');
                return true;
            }
        }
    }

    private boolean array(int depth) {
        out.write(']');
        position = JsonText.skipSpace(text, position + 1);
        if (text[position] == ']') {
            position++;
            return true;
        }
        out.write('(');
        while (true) {
            if (!value(depth + 1)) {
                return false;
            }
            if (isLast(']')) {
                out.write('e');
                return true;
            }
        }
    }

    /** Goes behind the separator, or the end. */
    private boolean isLast(char end) {
        position = JsonText.skipSpace(text, position);
        boolean last = text[position] == end;
        position = last ? position + 1 : JsonText.skipSpace(text, position + 1);
        return last;
    }

    private String string() {
        int end = JsonText.string(text, position);
        String decoded = JsonStrings.decode(text, position, end);
        position = end;
        return decoded;
    }

    private void text(String decoded) {
        byte[] bytes = SurrogateText.encode(decoded);
        if (bytes.length < 0x100) {
            out.write(0x8c);
            out.write(bytes.length);
        } else {
            out.write('X');
            littleEndian(bytes.length, Integer.BYTES);
        }
        out.writeBytes(bytes);
    }

    private boolean number() {
        int end = JsonText.value(text, position, 0);
        String number = new String(text, position, end - position, StandardCharsets.US_ASCII);
        position = end;
        if (number.endsWith("N") || number.endsWith("y")) {
            return real(number.equals("NaN") ? Double.NaN : infinity(number));
        }
        if (number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0) {
            return number.length() <= MAX_DIGITS && integer(new BigInteger(number));
        }
        double value = Double.parseDouble(number);
        return isExact(number, value) && real(value);
    }

    private static double infinity(String number) {
        return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** Whether the double, written with as many digits, is the same text. */
    private static boolean isExact(String number, double value) {
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (value == 0) {
            String digits = exponent < 0 ? number : number.substring(0, exponent);
            return digits.chars().allMatch(c -> c < '1' || c > '9');
        }
        if (exponent < 0 && number.length() <= SURELY_EXACT) {
            return true;
        }
        if (number.length() > MAX_DIGITS || !Double.isFinite(value)) {
            return false;
        }
        BigDecimal given = new BigDecimal(number);
        MathContext asPrecise = new MathContext(given.precision(), RoundingMode.HALF_EVEN);
        return new BigDecimal(value).round(asPrecise).compareTo(given) == 0;
    }

    private boolean integer(BigInteger value) {
        if (value.signum() >= 0 && value.bitLength() <= 8) {
            out.write('K');
            out.write(value.intValue());
        } else if (value.signum() >= 0 && value.bitLength() <= 16) {
            out.write('M');
            littleEndian(value.intValue(), Short.BYTES);
        } else if (value.bitLength() < Integer.SIZE) {
            out.write('J');
            littleEndian(value.intValue(), Integer.BYTES);
        } else {
            byte[] bigEndian = value.toByteArray();
            boolean brief = bigEndian.length < 0x100;
            out.write(brief ? 0x8a : 0x8b);
            littleEndian(bigEndian.length, brief ? 1 : Integer.BYTES);
            for (int i = bigEndian.length - 1; i >= 0; i--) {
                out.write(bigEndian[i]);
            }
        }
        return true;
    }

    private boolean real(double value) {
        out.write('G');
        long bits = Double.doubleToLongBits(value);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (bits >>> shift));
        }
        return true;
    }

    private void littleEndian(int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> (Byte.SIZE * i));
        }
    }
}
