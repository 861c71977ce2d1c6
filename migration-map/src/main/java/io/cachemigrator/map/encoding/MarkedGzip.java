package io.cachemigrator.map.encoding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compressed JSON as text that any JSON member can hold: a mark, then the Base64 of the gzip data. Stateless. */
public final class MarkedGzip {
    private static final String MARK = "gzip+base64:";

    private MarkedGzip() {}

    /** The text of JSON text. */
    public static String of(byte[] json) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(json);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return MARK + Base64.getEncoder().encodeToString(compressed.toByteArray());
    }

    /** Whether a text has the mark. */
    public static boolean isMarked(String text) {
        return text.startsWith(MARK);
    }

    /**
     * Recovers the JSON text.
     *
     * @param text a marked text
     * @param maxBytes how long the JSON text may be, in bytes
     * @return null where the text is damaged, its content is longer, or is no JSON
     */
    public static byte @Nullable [] recoverJson(String text, int maxBytes) {
        try {
            byte[] data = text.substring(MARK.length()).getBytes(StandardCharsets.ISO_8859_1);
            byte[] content = Gunzip.decompress(Base64.getDecoder().decode(data), maxBytes);
            return content != null && JsonText.isValid(content) ? content : null;
        } catch (IllegalArgumentException | Gunzip.LimitExceeded damaged) {
            return null;
        }
    }
}
