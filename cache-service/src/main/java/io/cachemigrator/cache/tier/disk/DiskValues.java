package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that are too large for the database, each in a file of its own that is written once and never changed.
 *
 * <p>A file is complete before an entry names it, and is removed after the transaction that took its name away. It is not
 * forced to the medium, as little as the database's last commits are: length and checksum tell a file that a power cut has
 * cut short, and its entry then counts as absent. Thread safe.
 */
final class DiskValues {
    /** Larger payloads go into files. */
    static final int LARGEST_INSIDE = 256 << 10;

    /** Name of no file. */
    static final long NONE = 0;

    /** Files that no entry names are left alone for as long: their writers may not have committed yet. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final int HEADER_BYTES = 16;
    private static final String PARTIAL = ".part";

    private final Path folder;

    DiskValues(Path folder) {
        this.folder = folder.resolve("values");
    }

    /** How many bytes of an envelope stay in the database: all, or what precedes a large payload. */
    static int headBytes(byte[] envelope) {
        if (envelope.length <= LARGEST_INSIDE) {
            return envelope.length;
        }
        try {
            Envelope decoded = EnvelopeFormat.decode(envelope);
            int payload = decoded.payload().length;
            return payload > LARGEST_INSIDE ? envelope.length - payload : envelope.length;
        } catch (EnvelopeException foreign) {
            return EnvelopeFormat.FIXED_BYTES;
        }
    }

    /** A name that no file has. */
    static long newName() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /** Writes a payload to a stream. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes what follows the head of an envelope. */
    void write(long name, byte[] envelope, int head) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(envelope, head, envelope.length - head);
        write(
                name,
                (long) envelope.length - head,
                crc.getValue(),
                out -> out.write(envelope, head, envelope.length - head));
    }

    /** Writes a payload of a length, whose CRC-32C is known. */
    void write(long name, long length, long checksum, Body body) throws IOException {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .putLong(length)
                .putLong(checksum)
                .array();
        Files.createDirectories(folder);
        Path partial = folder.resolve(text(name) + PARTIAL);
        // streams, not channels: those would be closed under a caller whose thread is interrupted
        try (OutputStream out = new FileOutputStream(partial.toFile())) {
            out.write(header);
            body.writeTo(out);
        } catch (IOException failure) {
            Files.deleteIfExists(partial);
            throw failure;
        }
        Files.move(partial, path(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** How many bytes of payload a file has; -1 when it is gone. */
    long length(long name) throws IOException {
        try {
            return Files.size(path(name)) - HEADER_BYTES;
        } catch (NoSuchFileException gone) {
            return -1;
        }
    }

    /** The payload in a file, to be read in pieces. */
    InputStream open(long name) throws IOException {
        InputStream in = new FileInputStream(path(name).toFile());
        in.skipNBytes(HEADER_BYTES);
        return in;
    }

    /** An envelope made whole again; null when the file is gone or is not what was written. */
    byte @Nullable [] read(long name, byte[] head) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(path(name).toFile(), "r")) {
            long length = in.length() < HEADER_BYTES ? -1 : in.readLong();
            if (length != in.length() - HEADER_BYTES || length > Integer.MAX_VALUE - head.length - 8L) {
                return null;
            }
            long checksum = in.readLong();
            byte[] envelope = Arrays.copyOf(head, head.length + (int) length);
            in.readFully(envelope, head.length, (int) length);
            CRC32C crc = new CRC32C();
            crc.update(envelope, head.length, (int) length);
            return crc.getValue() == checksum ? envelope : null;
        } catch (FileNotFoundException | EOFException gone) {
            return null;
        }
    }

    boolean isThere(long name) {
        return Files.exists(path(name));
    }

    void delete(long name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    /** Names of files that are older than any write still under way, and the partial ones among them removed. */
    List<Long> oldNames(Instant now) throws IOException {
        List<Long> names = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                addOld(file, now, names);
            }
        }
        return names;
    }

    private static void addOld(Path file, Instant now, List<Long> names) throws IOException {
        String text = String.valueOf(file.getFileName());
        if (!text.matches("[0-9a-f]{16}(\\.part)?")) {
            return;
        }
        try {
            FileTime written = Files.getLastModifiedTime(file);
            if (written.toInstant().isAfter(now.minus(GRACE))) {
                return;
            }
            if (text.endsWith(PARTIAL)) {
                Files.deleteIfExists(file);
            } else {
                names.add(Long.parseLong(text, 16));
            }
        } catch (NoSuchFileException gone) {
            return;
        }
    }

    private Path path(long name) {
        return folder.resolve(text(name));
    }

    private static String text(long name) {
        return String.format("%016x", name);
    }
}
