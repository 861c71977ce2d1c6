package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decompresses whole zlib values with a cap on the result; bytes after the end are damage. */
final class Unzlib {
    private static final int BUFFER = 8192;

    private Unzlib() {}

    /** Tells whether zlib may start here. */
    static boolean looksLike(byte[] value, int start) {
        return value.length > start && value[start] == 0x78;
    }

    /**
     * Decompresses what follows a marker.
     *
     * @return the content, or null where the value is damaged
     * @throws LimitExceeded where the content is longer than the cap
     */
    static byte @Nullable [] decompress(byte[] value, int start, int maxBytes) throws LimitExceeded {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(value, start, value.length - start);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    return null; // cut off, or it asks for a dictionary
                }
                if (count > maxBytes - content.size()) {
                    throw new LimitExceeded("the compressed content is longer than " + maxBytes + " bytes");
                }
                content.write(buffer, 0, count);
            }
            return inflater.getRemaining() == 0 ? content.toByteArray() : null;
        } catch (DataFormatException damaged) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** The content passes the cap. */
    static final class LimitExceeded extends Exception {
        private static final long serialVersionUID = 1L;

        LimitExceeded(String message) {
            super(message);
        }
    }
}
