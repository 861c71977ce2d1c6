package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What precedes the payload of an envelope that is too large for memory, as an envelope without one: a metadata key of its own
 * tells the payload's length and checksum, so that two are equal where these are. It is never stored so.
 */
final class LargeHead {
    /** Envelopes up to here are read whole. */
    static final int WHOLE_BYTES = 2 << 20;

    private static final String KEY = "cm.large";
    private static final int TAIL_BYTES = 8;

    private LargeHead() {}

    /** Whether an envelope is only what precedes its payload. */
    static boolean isHead(Envelope envelope) {
        return envelope.metadata().containsKey(KEY);
    }

    /** Length of the payload of a head. */
    static long length(Envelope head) {
        return Long.parseLong(part(head, 0));
    }

    /** Checksum of the payload of a head. */
    static int checksum(Envelope head) {
        return HexFormat.fromHexDigits(part(head, 1));
    }

    private static String part(Envelope head, int place) {
        return head.metadata().getOrDefault(KEY, "0 0").split(" ")[place];
    }

    /** A head as it is stored, before its payload. */
    static byte[] encode(Envelope head) {
        Map<String, String> metadata = new LinkedHashMap<>(head.metadata());
        metadata.remove(KEY);
        return encode(head.withMetadata(metadata), length(head), checksum(head));
    }

    /** An envelope without its payload as it is stored before that. */
    static byte[] encode(Envelope envelope, long length, int checksum) {
        byte[] bytes = EnvelopeFormat.encode(envelope);
        ByteBuffer.wrap(bytes).putInt(bytes.length - TAIL_BYTES, (int) length).putInt(bytes.length - 4, checksum);
        return bytes;
    }

    /** How many bytes precede the payload; -1 where the start does not tell. */
    static int bytes(byte[] start) {
        try {
            ByteBuffer in = ByteBuffer.wrap(start);
            in.position(EnvelopeFormat.TAGS_OFFSET);
            for (int tags = in.getShort(); tags > 0; tags--) {
                skip(in, in.getShort() & 0xffff);
            }
            for (int keys = in.getShort(); keys > 0; keys--) {
                skip(in, in.getShort() & 0xffff);
                skip(in, in.getInt());
            }
            skip(in, TAIL_BYTES);
            return in.position();
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException tooShort) {
            return -1;
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }

    /** The head that bytes are; null where they are not one, or a whole envelope. */
    static @Nullable Envelope alone(byte[] bytes) {
        if (!EnvelopeFormat.isReadable(bytes) || bytes(bytes) != bytes.length) {
            return null;
        }
        int payload = ByteBuffer.wrap(bytes).getInt(bytes.length - TAIL_BYTES);
        return payload == 0 ? null : decode(bytes, (long) bytes.length + payload);
    }

    /**
     * The head at the start of a stored envelope.
     *
     * @param stored how many bytes are stored in all
     * @return null where it is none, or does not fit what is stored
     */
    static @Nullable Envelope decode(byte[] start, long stored) {
        int length = EnvelopeFormat.isReadable(start) ? bytes(start) : -1;
        if (length < 0) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(length).put(start, 0, length);
        int payload = head.getInt(length - TAIL_BYTES);
        int checksum = head.getInt(length - 4);
        head.putInt(length - TAIL_BYTES, 0).putInt(length - 4, 0);
        if (payload != stored - length) {
            return null;
        }
        try {
            Envelope envelope = EnvelopeFormat.decode(head.array());
            Map<String, String> metadata = new LinkedHashMap<>(envelope.metadata());
            metadata.put(KEY, payload + " " + HexFormat.of().toHexDigits(checksum));
            return envelope.withMetadata(metadata);
        } catch (EnvelopeException foreign) {
            return null;
        }
    }
}
