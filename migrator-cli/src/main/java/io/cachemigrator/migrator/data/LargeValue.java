package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.encoding.CollectionJson;
import io.cachemigrator.map.encoding.JsonProbe;
import io.cachemigrator.map.encoding.LegacyDecoder;
import io.cachemigrator.map.encoding.LegacyEncoding;
import io.cachemigrator.map.encoding.Utf8Probe;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value that is too large for memory, as the payload of an entry: taken in pieces into a temporary file, with what has to be
 * known of all of it found out on the way. Used by one thread.
 */
final class LargeValue implements LegacyReader.Pieces, AutoCloseable {
    /** An envelope has 512 MiB of payload at most, and a Redis server as much with the rest of it, which has 1 MiB at most. */
    static final long LARGEST_PAYLOAD = (512L << 20) - (1L << 20);

    private static final int HELD_BYTES = 64 << 10;
    private static final int START_BYTES = 16;

    private final FileChannel file;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private LargeDigest.Sum sum = new LargeDigest.Sum();
    private JsonProbe json = new JsonProbe();
    private Utf8Probe text = new Utf8Probe();
    private String type = "";
    private @Nullable CollectionJson elements;
    private @Nullable ElementSort sort;

    LargeValue() throws IOException {
        file = TemporaryFiles.open();
    }

    @Override
    public void begin(String redisType) throws IOException {
        file.truncate(0);
        start.reset();
        sum = new LargeDigest.Sum();
        json = new JsonProbe();
        text = new Utf8Probe();
        type = redisType;
        elements = type.equals("string") ? null : new CollectionJson(type.equals("hash"));
        closeSort();
        sort = type.equals("hash") || type.equals("set") ? new ElementSort() : null;
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
        if (sort != null) {
            sort.add(bytes);
        } else if (elements != null) {
            elements.element(bytes);
            drain(HELD_BYTES);
        } else {
            json.accept(bytes, bytes.length);
            text.accept(bytes, bytes.length);
            write(bytes, bytes.length);
        }
    }

    @Override
    public void pair(byte[] name, byte[] value) throws IOException {
        if (sort != null) {
            sort.add(name, value);
        } else if (elements != null) {
            elements.scored(name, value);
            drain(HELD_BYTES);
        }
    }

    /** Says that all pieces have come. */
    void end() throws IOException {
        CollectionJson collection = elements;
        if (collection == null) {
            return;
        }
        if (sort != null) {
            boolean pairs = type.equals("hash");
            sort.forEach((name, value) -> {
                if (pairs) {
                    collection.field(name, value);
                } else {
                    collection.element(name);
                }
                drain(HELD_BYTES);
            });
            closeSort();
        }
        collection.end();
        drain(0);
    }

    private void drain(int held) throws IOException {
        if (elements != null && elements.size() > held) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(elements.size());
            elements.drainTo(bytes);
            write(bytes.toByteArray(), bytes.size());
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        if (start.size() < START_BYTES) {
            start.write(bytes, 0, Math.min(length, START_BYTES - start.size()));
        }
        sum.add(bytes, length);
        // more is only counted: it is set aside, and nobody's disk is filled for that
        if (sum.length() <= LARGEST_PAYLOAD) {
            TemporaryFiles.append(file, bytes, length);
        }
    }

    /** Length and checksums of the payload. */
    LargeDigest digest() {
        return sum.digest();
    }

    boolean isTooLarge() {
        return sum.length() > LARGEST_PAYLOAD;
    }

    /** Whether only all of it at once says what it is: a pickle, or compressed. */
    boolean isPacked() {
        return elements == null && LegacyDecoder.isPacked(start.toByteArray());
    }

    boolean isCollection() {
        return elements != null;
    }

    /** The encoding of a string that is not packed. */
    LegacyEncoding encoding() {
        return json.isValid() ? LegacyEncoding.JSON : LegacyEncoding.OPAQUE;
    }

    PayloadCodec codec() {
        return isCollection() || json.isValid()
                ? PayloadCodec.JSON
                : text.isValid() ? PayloadCodec.STRING : PayloadCodec.BYTES;
    }

    /** Reads a part of the payload; returns how many bytes, 0 at its end. */
    int read(long position, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        int read = 0;
        while (buffer.hasRemaining()) {
            int some = file.read(buffer, position + read);
            if (some < 0) {
                break;
            }
            read += some;
        }
        return read;
    }

    /** Whether a part of the payload holds these bytes. */
    boolean has(long position, byte[] expected, int offset) throws IOException {
        byte[] own = new byte[expected.length - offset];
        return read(position, own) == own.length
                && Arrays.equals(own, 0, own.length, expected, offset, expected.length);
    }

    /** Whether an envelope has this payload for what its head says. */
    boolean isPayloadOf(Envelope head) {
        return LargeHead.length(head) == sum.length() && LargeHead.checksum(head) == digest().checksum();
    }

    private void closeSort() throws IOException {
        if (sort != null) {
            sort.close();
            sort = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeSort();
        file.close();
    }
}
