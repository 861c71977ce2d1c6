package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses whole gzip values with a cap on the result. Unlike the stream of the JDK it takes bytes after the end
 * for damage, so that nothing is lost in silence.
 */
final class Gunzip {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private Gunzip() {}

    /** Tells whether a value starts as gzip does. */
    static boolean looksLike(byte[] value) {
        return value.length >= 2 && value[0] == 0x1f && value[1] == (byte) 0x8b;
    }

    /**
     * Decompresses.
     *
     * @return the content, or null where the value is damaged
     * @throws LimitExceeded where the content is longer than the cap
     */
    static byte @Nullable [] decompress(byte[] value, int maxBytes) throws LimitExceeded {
        int start = headerLength(value);
        if (start < 0) {
            return null;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(value, start, value.length - start);
            byte[] content = inflate(inflater, maxBytes);
            long consumed = start + inflater.getBytesRead();
            return content != null && consumed + TRAILER == value.length && trailerFits(value, content)
                    ? content
                    : null;
        } finally {
            inflater.end();
        }
    }

    private static byte @Nullable [] inflate(Inflater inflater, int maxBytes) throws LimitExceeded {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    return null;
                }
                if (count > maxBytes - content.size()) {
                    throw new LimitExceeded("the gzip content is longer than " + maxBytes + " bytes");
                }
                content.write(buffer, 0, count);
            }
            return content.toByteArray();
        } catch (DataFormatException damaged) {
            return null;
        }
    }

    private static boolean trailerFits(byte[] value, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        int trailer = value.length - TRAILER;
        return littleEndian(value, trailer) == (int) crc.getValue()
                && littleEndian(value, trailer + 4) == content.length;
    }

    private static int headerLength(byte[] value) {
        if (value.length < HEADER + TRAILER || !looksLike(value) || value[2] != 8 || (value[3] & 0xe0) != 0) {
            return -1;
        }
        int flags = value[3];
        int p = HEADER;
        if ((flags & 4) != 0) {
            p += 2 + (value[p] & 0xff) + ((value[p + 1] & 0xff) << 8);
        }
        for (int textFlag = 8; textFlag <= 16; textFlag <<= 1) {
            if ((flags & textFlag) != 0) {
                while (p < value.length && value[p] != 0) {
                    p++;
                }
                p++;
            }
        }
        p += (flags & 2) != 0 ? 2 : 0;
        return p + TRAILER > value.length ? -1 : p;
    }

    private static int littleEndian(byte[] bytes, int p) {
        return ByteBuffer.wrap(bytes, p, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** The content passes the cap. */
    static final class LimitExceeded extends Exception {
        private static final long serialVersionUID = 1L;

        LimitExceeded(String message) {
            super(message);
        }
    }
}
