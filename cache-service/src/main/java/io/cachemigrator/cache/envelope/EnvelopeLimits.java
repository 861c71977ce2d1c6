package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the format admits, for writers; the reader holds to the same limits. */
final class EnvelopeLimits {
    /** Payload. */
    static final int MAX_PAYLOAD_BYTES = 512 << 20;
    /** Everything before the payload. */
    static final int MAX_HEADER_BYTES = 1 << 20;
    /** Number of tags, and number of metadata keys. */
    static final int MAX_TEXTS = 1_024;
    /** A tag, and a metadata key. */
    static final int MAX_NAME_BYTES = 255;

    static final int KNOWN_FLAGS = Envelope.NULL | Envelope.TOMBSTONE | Envelope.MIGRATED | Envelope.SLIDING;
    private static final int EMPTY_FLAGS = Envelope.NULL | Envelope.TOMBSTONE;

    /** The order of UTF-8 bytes, which other languages can reproduce; Java's own order differs beyond U+FFFF. */
    static final Comparator<String> BY_BYTES =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    private EnvelopeLimits() {}

    static void check(
            int codec, int compression, int encryption, int flags, long created, long deadline, byte[] payload) {
        requireByte(codec, "codec");
        requireByte(compression, "compression");
        requireByte(encryption, "encryption");
        if ((flags & ~KNOWN_FLAGS) != 0 || (flags & EMPTY_FLAGS) == EMPTY_FLAGS) {
            throw refused("flags are " + flags + "; allowed: 0 to 15, and not both null and tombstone");
        }
        if ((flags & EMPTY_FLAGS) != 0 && payload.length != 0) {
            throw refused("a null or a tombstone has no payload, and this one has " + payload.length + " bytes");
        }
        if (created < 0) {
            throw refused("created is " + created + "; allowed: 0 or more");
        }
        if (deadline < Envelope.NO_DEADLINE) {
            throw refused("deadline is " + deadline + "; allowed: -1 or more");
        }
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw refused("the payload has " + payload.length + " bytes; allowed: 512 MiB");
        }
    }

    static void checkTexts(List<String> tags, Map<String, String> metadata) {
        if (tags.size() > MAX_TEXTS || metadata.size() > MAX_TEXTS) {
            throw refused(tags.size() + " tags and " + metadata.size() + " metadata keys; allowed: " + MAX_TEXTS);
        }
        long header = EnvelopeFormat.FIXED_BYTES;
        for (String tag : tags) {
            header += 2 + nameBytes(tag, "a tag");
        }
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            header += 2 + nameBytes(entry.getKey(), "a metadata key") + 4 + Utf8.encode(entry.getValue()).length;
        }
        if (header > MAX_HEADER_BYTES) {
            throw refused("tags and metadata take " + header + " bytes; allowed: 1 MiB");
        }
    }

    private static int nameBytes(String name, String what) {
        int length = Utf8.encode(name).length;
        if (length == 0 || length > MAX_NAME_BYTES) {
            throw refused(what + " has " + length + " bytes; allowed: 1 to 255");
        }
        return length;
    }

    private static void requireByte(int value, String what) {
        if (value < 0 || value > 255) {
            throw refused(what + " is " + value + "; allowed: 0 to 255");
        }
    }

    private static IllegalArgumentException refused(String message) {
        return new IllegalArgumentException(message);
    }
}
