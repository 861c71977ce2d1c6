package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes and reads envelopes, version 1, and looks at single fields of written ones without reading the rest. The format
 * is specified to the byte in {@code docs/reference/envelope.md}. Thread safe: there is no state.
 */
public final class EnvelopeFormat {
    /** The version that this class writes. */
    public static final int VERSION = 1;

    /** Offset of the flags byte. */
    public static final int FLAGS_OFFSET = 8;
    /** Offset of the creation time. */
    public static final int CREATED_OFFSET = 12;
    /** Offset of the deadline. */
    public static final int DEADLINE_OFFSET = 20;
    /** Offset of the number of tags. */
    public static final int TAGS_OFFSET = 28;
    /** Length of an envelope without tags, metadata and payload. */
    public static final int FIXED_BYTES = 40;

    private static final int MAGIC = 0x89434D45;
    private static final int MAX_DIGITS = 19;

    private EnvelopeFormat() {}

    /** Writes an envelope. */
    public static byte[] encode(Envelope envelope) {
        byte[][] tags = new byte[envelope.tags().size()][];
        int size = FIXED_BYTES + envelope.payload().length;
        for (int i = 0; i < tags.length; i++) {
            tags[i] = envelope.tags().get(i).getBytes(UTF_8);
            size += 2 + tags[i].length;
        }
        byte[][] metadata = new byte[envelope.metadata().size() * 2][];
        int next = 0;
        for (Map.Entry<String, String> entry : envelope.metadata().entrySet()) {
            metadata[next++] = entry.getKey().getBytes(UTF_8);
            metadata[next++] = entry.getValue().getBytes(UTF_8);
            size += 6 + metadata[next - 2].length + metadata[next - 1].length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(MAGIC).put((byte) VERSION).put((byte) envelope.codec());
        out.put((byte) envelope.compression()).put((byte) envelope.encryption());
        out.putInt(envelope.flags() << 24);
        out.putLong(envelope.createdMicros()).putLong(envelope.deadlineMillis());
        out.putShort((short) tags.length);
        for (byte[] tag : tags) {
            out.putShort((short) tag.length).put(tag);
        }
        out.putShort((short) envelope.metadata().size());
        for (int i = 0; i < metadata.length; i += 2) {
            out.putShort((short) metadata[i].length).put(metadata[i]);
            out.putInt(metadata[i + 1].length).put(metadata[i + 1]);
        }
        byte[] payload = envelope.payload();
        return out.putInt(payload.length)
                .putInt(checksum(payload, 0, payload.length))
                .put(payload)
                .array();
    }

    /**
     * Reads an envelope; every length is checked against the bytes that are there before anything is allocated.
     *
     * @throws EnvelopeException if the bytes are not a whole, undamaged envelope of version 1
     */
    public static Envelope decode(byte[] bytes) throws EnvelopeException {
        return new EnvelopeReader(bytes).read();
    }

    /**
     * The tags of an envelope, without reading what follows them.
     *
     * @throws EnvelopeException if the bytes up to the last tag are not those of an envelope of version 1
     */
    public static List<String> tags(byte[] envelope) throws EnvelopeException {
        return new EnvelopeReader(envelope).readTagsOnly();
    }

    /** Whether the bytes start like an envelope, of any version. */
    public static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= FIXED_BYTES && readInt(bytes, 0) == MAGIC;
    }

    /** Whether the bytes start like an envelope whose header fields stand where version 1 has them. */
    public static boolean isReadable(byte[] bytes) {
        return isEnvelope(bytes) && bytes[4] == VERSION;
    }

    /** Flags of an envelope that {@link #isReadable is readable}. */
    public static int flags(byte[] envelope) {
        return envelope[FLAGS_OFFSET] & 0xFF;
    }

    /** When a readable envelope was created, in microseconds since the epoch. */
    public static long created(byte[] envelope) {
        return readLong(envelope, CREATED_OFFSET);
    }

    /** When a readable envelope expires, in milliseconds since the epoch, or {@link Envelope#NO_DEADLINE}. */
    public static long deadline(byte[] envelope) {
        return readLong(envelope, DEADLINE_OFFSET);
    }

    /** Whether a readable envelope carries no tags. */
    public static boolean hasNoTags(byte[] envelope) {
        return envelope[TAGS_OFFSET] == 0 && envelope[TAGS_OFFSET + 1] == 0;
    }

    /** A copy of a readable envelope with other times. */
    public static byte[] stamped(byte[] envelope, long createdMicros, long deadlineMillis) {
        byte[] copy = envelope.clone();
        ByteBuffer.wrap(copy).putLong(CREATED_OFFSET, createdMicros).putLong(DEADLINE_OFFSET, deadlineMillis);
        return copy;
    }

    /**
     * The checksum of stored payload bytes: CRC-32C; but 0 for an integer in canonical decimal text, so that a server-side
     * script can change a counter without computing one.
     */
    static int checksum(byte[] bytes, int offset, int length) {
        if (isInteger(bytes, offset, length)) {
            return 0;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Whether payload bytes are 1 to 19 decimal digits without a leading zero, perhaps after a minus sign; no "-0". */
    public static boolean isInteger(byte[] bytes, int offset, int length) {
        int first = length > 0 && bytes[offset] == '-' ? 1 : 0;
        int digits = length - first;
        if (digits < 1 || digits > MAX_DIGITS) {
            return false;
        }
        if (bytes[offset + first] == '0') {
            return length == 1;
        }
        for (int i = offset + first; i < offset + length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static int readInt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset);
    }

    private static long readLong(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset);
    }
}
