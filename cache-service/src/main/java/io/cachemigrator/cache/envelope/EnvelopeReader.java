package io.cachemigrator.cache.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one envelope from bytes that anyone may have written. */
final class EnvelopeReader {
    private final byte[] bytes;
    private final ByteBuffer in;

    EnvelopeReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
    }

    Envelope read() throws EnvelopeException {
        require(EnvelopeFormat.isEnvelope(bytes), "the bytes do not start like an envelope");
        if (bytes[4] != EnvelopeFormat.VERSION) {
            throw new EnvelopeException("the envelope has version " + (bytes[4] & 0xFF) + ", not 1");
        }
        in.position(5);
        int codec = in.get() & 0xFF;
        int compression = in.get() & 0xFF;
        int encryption = in.get() & 0xFF;
        int flags = in.get() & 0xFF;
        require((flags & ~EnvelopeLimits.KNOWN_FLAGS) == 0, "the flags have bits that version 1 does not know");
        require((in.getShort() | in.get()) == 0, "reserved bytes are not zero");
        long created = in.getLong();
        long deadline = in.getLong();
        List<String> tags = readTags();
        Map<String, String> metadata = readMetadata();
        byte[] payload = readPayload();
        try {
            return new Envelope(codec, compression, encryption, flags, created, deadline, tags, metadata, payload);
        } catch (IllegalArgumentException limits) {
            throw new EnvelopeException(String.valueOf(limits.getMessage()));
        }
    }

    List<String> readTagsOnly() throws EnvelopeException {
        require(EnvelopeFormat.isReadable(bytes), "the bytes do not start like an envelope of version 1");
        in.position(EnvelopeFormat.TAGS_OFFSET);
        return readTags();
    }

    private List<String> readTags() throws EnvelopeException {
        int count = readCount("tags");
        List<String> tags = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            tags.add(readText(readShort(), "a tag"));
        }
        return tags;
    }

    private Map<String, String> readMetadata() throws EnvelopeException {
        int count = readCount("metadata");
        Map<String, String> metadata = new LinkedHashMap<>();
        @Nullable String previous = null;
        for (int i = 0; i < count; i++) {
            String key = readText(readShort(), "a metadata key");
            require(
                    previous == null || EnvelopeLimits.BY_BYTES.compare(previous, key) < 0,
                    "metadata keys are not in ascending order");
            metadata.put(key, readText(readInt(), "a metadata value"));
            previous = key;
        }
        return metadata;
    }

    private byte[] readPayload() throws EnvelopeException {
        int length = readInt();
        require(in.remaining() >= 4, "the envelope ends before its checksum");
        int checksum = in.getInt();
        require(in.position() <= EnvelopeLimits.MAX_HEADER_BYTES, "tags and metadata take more than 1 MiB");
        if (length != in.remaining()) {
            throw new EnvelopeException("the payload has " + in.remaining() + " bytes, and its header says "
                    + Integer.toUnsignedLong(length));
        }
        require(
                checksum == EnvelopeFormat.checksum(bytes, in.position(), length),
                "the payload does not match its checksum");
        return Arrays.copyOfRange(bytes, in.position(), bytes.length);
    }

    private int readCount(String what) throws EnvelopeException {
        int count = readShort();
        if (count > EnvelopeLimits.MAX_TEXTS) {
            throw new EnvelopeException(count + " " + what + " are more than " + EnvelopeLimits.MAX_TEXTS);
        }
        return count;
    }

    private int readShort() throws EnvelopeException {
        require(in.remaining() >= 2, "the envelope ends inside its header");
        return in.getShort() & 0xFFFF;
    }

    private int readInt() throws EnvelopeException {
        require(in.remaining() >= 4, "the envelope ends inside its header");
        return in.getInt();
    }

    private String readText(int length, String what) throws EnvelopeException {
        if (length < 0 || length > in.remaining()) {
            throw new EnvelopeException(what + " is longer than the envelope");
        }
        try {
            String text = Utf8.decode(bytes, in.position(), length);
            in.position(in.position() + length);
            return text;
        } catch (CharacterCodingException notUtf8) {
            throw new EnvelopeException(what + " is not UTF-8");
        }
    }

    private static void require(boolean condition, String message) throws EnvelopeException {
        if (!condition) {
            throw new EnvelopeException(message);
        }
    }
}
