package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.PickleNode.Bool;
import io.cachemigrator.map.encoding.PickleNode.Bytes;
import io.cachemigrator.map.encoding.PickleNode.Int;
import io.cachemigrator.map.encoding.PickleNode.Real;
import io.cachemigrator.map.encoding.PickleNode.Text;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The arguments that pickle protocols 0 and 1 write as text. */
final class PickleText {
    private static final int MAX_DIGITS = 10_000;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern REAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private PickleText() {}

    static PickleNode integer(String line) throws PickleRefusal {
        if (line.equals("00") || line.equals("01")) {
            return new Bool(line.equals("01"));
        }
        return new Int(parse(line));
    }

    static PickleNode longInteger(String line) throws PickleRefusal {
        return new Int(parse(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
    }

    static int index(String line) throws PickleRefusal {
        BigInteger index = parse(line);
        if (index.signum() < 0 || index.bitLength() > 31) {
            throw PickleRefusal.malformed("a memo index is out of range");
        }
        return index.intValue();
    }

    static PickleNode real(String line) throws PickleRefusal {
        return switch (line) {
            case "nan" -> new Real(Double.NaN);
            case "inf" -> new Real(Double.POSITIVE_INFINITY);
            case "-inf" -> new Real(Double.NEGATIVE_INFINITY);
            default -> {
                if (line.length() > MAX_DIGITS || !REAL.matcher(line).matches()) {
                    throw PickleRefusal.malformed("a number cannot be read");
                }
                yield new Real(Double.parseDouble(line));
            }
        };
    }

    /** Byte strings of Python 2: text where they are ASCII, else bytes. */
    static PickleNode asciiString(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return new Bytes(bytes, "bytes");
            }
        }
        return new Text(new String(bytes, StandardCharsets.US_ASCII));
    }

    /** A byte string in quotes with escapes. */
    static PickleNode quoted(String line) throws PickleRefusal {
        byte[] bytes = PythonBytesLiteral.parse("b" + line);
        if (bytes == null && !line.equals("''") && !line.equals("\"\"")) {
            throw PickleRefusal.malformed("a string is not quoted as it should");
        }
        return asciiString(bytes == null ? new byte[0] : bytes);
    }

    /** Text in Latin-1 with escapes of four or eight hexadecimal digits. */
    static PickleNode rawUnicode(String line) throws PickleRefusal {
        StringBuilder text = new StringBuilder(line.length());
        int p = 0;
        while (p < line.length()) {
            char next = p + 1 < line.length() && line.charAt(p) == '\\' ? line.charAt(p + 1) : ' ';
            int digits = next == 'u' ? 4 : next == 'U' ? 8 : 0;
            if (digits == 0) {
                text.append(line.charAt(p++));
            } else {
                text.appendCodePoint(codePoint(line, p + 2, digits));
                p += 2 + digits;
            }
        }
        return new Text(text.toString());
    }

    private static int codePoint(String line, int start, int digits) throws PickleRefusal {
        int codePoint = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = i < line.length() ? Character.digit(line.charAt(i), 16) : -1;
            codePoint = (codePoint << 4) | digit;
            if (digit < 0 || !Character.isValidCodePoint(codePoint)) {
                throw PickleRefusal.malformed("a text has an escape that is no character");
            }
        }
        return codePoint;
    }

    private static BigInteger parse(String digits) throws PickleRefusal {
        if (digits.length() > MAX_DIGITS) {
            throw PickleRefusal.tooLarge("an integer has more than " + MAX_DIGITS + " digits");
        }
        if (!INTEGER.matcher(digits).matches()) {
            throw PickleRefusal.malformed("an integer cannot be read");
        }
        return new BigInteger(digits);
    }
}
