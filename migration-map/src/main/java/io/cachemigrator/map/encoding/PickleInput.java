package io.cachemigrator.map.encoding;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a pickle, read from front to back; every length is checked against what is left. */
final class PickleInput {
    private static final int MAX_INTEGER_BYTES = 4096;

    private final byte[] bytes;
    private int position;

    PickleInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    int u1() throws PickleRefusal {
        return bytes[advance(1)] & 0xff;
    }

    int u2() throws PickleRefusal {
        return u1() | (u1() << 8);
    }

    int i4() throws PickleRefusal {
        return u2() | (u2() << 16);
    }

    /** An unsigned 32-bit length or index. */
    int length4() throws PickleRefusal {
        return length(i4() & 0xffffffffL);
    }

    /** An unsigned 64-bit length. */
    int length8() throws PickleRefusal {
        return length(i8());
    }

    long i8() throws PickleRefusal {
        return (i4() & 0xffffffffL) | ((long) i4() << 32);
    }

    double bigEndianDouble() throws PickleRefusal {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = (bits << 8) | u1();
        }
        return Double.longBitsToDouble(bits);
    }

    byte[] take(int length) throws PickleRefusal {
        int start = advance(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Text in UTF-8, in which Python also allows surrogates. */
    String text(int length) throws PickleRefusal {
        byte[] encoded = take(length);
        return Utf8.isValid(encoded) ? new String(encoded, StandardCharsets.UTF_8) : SurrogateText.decode(encoded);
    }

    /** A little-endian two's-complement integer. */
    BigInteger integer(int length) throws PickleRefusal {
        if (length > MAX_INTEGER_BYTES) {
            throw PickleRefusal.tooLarge("an integer is longer than " + MAX_INTEGER_BYTES + " bytes");
        }
        byte[] littleEndian = take(length);
        byte[] bigEndian = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            bigEndian[length - i] = littleEndian[i];
        }
        bigEndian[0] = length > 0 && littleEndian[length - 1] < 0 ? (byte) -1 : 0;
        return new BigInteger(bigEndian);
    }

    /** A line of Latin-1 text, without its line feed. */
    String line() throws PickleRefusal {
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = new String(take(end - position), StandardCharsets.ISO_8859_1);
        advance(1);
        return line;
    }

    private static int length(long length) throws PickleRefusal {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw PickleRefusal.malformed("a length is out of range");
        }
        return (int) length;
    }

    private int advance(int length) throws PickleRefusal {
        if (length > bytes.length - position) {
            throw PickleRefusal.malformed("the data ends early");
        }
        int start = position;
        position += length;
        return start;
    }
}
