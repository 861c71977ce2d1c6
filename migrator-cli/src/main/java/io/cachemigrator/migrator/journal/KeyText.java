package io.cachemigrator.migrator.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Keys as text of a column: keys may be any bytes, look much alike, and every database has text. */
final class KeyText {
    private KeyText() {}

    /** Written and compressed as a whole, as each call of the compressor costs more than a key. */
    static String of(List<byte[]> keys) {
        ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES
                + keys.stream().mapToInt(key -> Integer.BYTES + key.length).sum());
        plain.putInt(keys.size());
        for (byte[] key : keys) {
            plain.putInt(key.length).put(key);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.capacity() / 2);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast, 8 << 10)) {
            out.write(plain.array());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            fast.end();
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static List<byte[]> read(String text) {
        try {
            ByteBuffer plain = ByteBuffer.wrap(new InflaterInputStream(
                            new ByteArrayInputStream(Base64.getDecoder().decode(text)))
                    .readAllBytes());
            int count = plain.getInt();
            List<byte[]> keys = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                byte[] key = new byte[plain.getInt()];
                plain.get(key);
                keys.add(key);
            }
            return keys;
        } catch (IOException | BufferUnderflowException damaged) {
            throw new IllegalStateException("the journal holds a slice that is none", damaged);
        }
    }
}
