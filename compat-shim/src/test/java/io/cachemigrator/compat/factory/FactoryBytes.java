package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The marker of compressed values, and what is behind it. */
final class FactoryBytes {
    private FactoryBytes() {}

    static byte[] compressed(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("compressed:".getBytes(US_ASCII));
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    static byte[] content(byte[] stored) {
        Inflater inflater = new Inflater();
        inflater.setInput(stored, 11, stored.length - 11);
        byte[] buffer = new byte[1 << 20];
        try {
            return Arrays.copyOf(buffer, inflater.inflate(buffer));
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }
}
