package io.cachemigrator.cache.maintenance;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Parts in a file: each as a gzip member, behind an empty gzip member whose extra field holds its length. So {@code zcat}
 * shows the whole dump, and a reader knows where each part ends without unpacking it.
 */
final class DumpFile {
    /** Larger parts are refused when read: a part is written of a few hundred entries. */
    private static final int MAX_PACKED = 1 << 30;

    private static final int MAX_UNPACKED = 1 << 30;
    private static final int EXTRA = 4;
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff, 8, 0, 'C', 'M', 4, 0};

    /** The deflated nothing, its CRC and its length: what ends the member that carries the length. */
    private static final byte[] NOTHING = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private DumpFile() {}

    /** Appends a part and forces it to the disk. */
    static void append(FileChannel file, DumpChunk chunk) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(chunk.toLines().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEAD.length + EXTRA + NOTHING.length + packed.size());
        bytes.put(HEAD)
                .putInt(packed.size())
                .put(NOTHING)
                .put(packed.toByteArray())
                .flip();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    /** What is done with each part. */
    interface Visitor {
        void chunk(DumpChunk chunk, long endOffset) throws IOException, DumpDamagedException;
    }

    /**
     * Reads part after part.
     *
     * @return whether the file ended after a whole part; a part that was cut off is not read
     */
    static boolean read(Path path, Visitor visitor) throws IOException, DumpDamagedException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            long offset = 0;
            while (true) {
                byte[] head = in.readNBytes(HEAD.length + EXTRA + NOTHING.length);
                if (head.length == 0) {
                    return true;
                }
                if (head.length < HEAD.length + EXTRA + NOTHING.length) {
                    return false;
                }
                int size = length(head);
                byte[] packed = in.readNBytes(size);
                if (packed.length < size) {
                    return false;
                }
                offset += head.length + size;
                visitor.chunk(DumpChunk.read(unpacked(packed)), offset);
            }
        } catch (EOFException cut) {
            return false;
        }
    }

    private static int length(byte[] head) throws DumpDamagedException {
        for (int i = 0; i < HEAD.length; i++) {
            if (head[i] != HEAD[i]) {
                throw new DumpDamagedException("this is not a dump, or a part of it was overwritten");
            }
        }
        int size = ByteBuffer.wrap(head).getInt(HEAD.length);
        if (size <= 0 || size > MAX_PACKED) {
            throw new DumpDamagedException("a part has an impossible length");
        }
        return size;
    }

    private static String unpacked(byte[] packed) throws DumpDamagedException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = gzip.readNBytes(MAX_UNPACKED);
            if (gzip.read() >= 0) {
                throw new DumpDamagedException("a part is larger than " + MAX_UNPACKED + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new DumpDamagedException("a part cannot be unpacked");
        }
    }

    /** Where an unfinished dump is kept. */
    static Path partOf(Path file) {
        @Nullable Path name = file.getFileName();
        return file.resolveSibling(name + ".part");
    }
}
