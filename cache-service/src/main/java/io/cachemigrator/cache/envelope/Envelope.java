package io.cachemigrator.cache.envelope;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An entry as every tier and store keeps it: the payload with what is known about it. Immutable, except that the payload
 * array is shared with whoever gave it: neither side may change it.
 *
 * @param codec 0 to 255: which codec wrote the payload
 * @param compression 0 to 255; {@link #UNCOMPRESSED}, or {@link #ZSTD}
 * @param encryption 0 to 255; {@link #UNENCRYPTED}, or {@link #AES_GCM}
 * @param flags {@link #NULL}, {@link #TOMBSTONE}, {@link #MIGRATED} and {@link #SLIDING}, added up
 * @param createdMicros when it was written, in microseconds since the epoch; zero or more
 * @param deadlineMillis when it expires, in milliseconds since the epoch; {@link #NO_DEADLINE} = never
 * @param tags its tags, in the order given
 * @param metadata texts kept beside the payload, sorted by the bytes of their keys
 * @param payload what the codec wrote, compressed and encrypted as stated; empty for a null and for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and copying every payload would double each read
public record Envelope(
        int codec,
        int compression,
        int encryption,
        int flags,
        long createdMicros,
        long deadlineMillis,
        List<String> tags,
        Map<String, String> metadata,
        byte[] payload) {

    /** Codec of payloads that are bytes. */
    public static final int CODEC_BYTES = 0;
    /** Codec of payloads that are UTF-8 text. */
    public static final int CODEC_TEXT = 1;
    /** Codec of payloads that are JSON text in UTF-8. */
    public static final int CODEC_JSON = 2;

    /** Compression: none. */
    public static final int UNCOMPRESSED = 0;
    /** Compression: one zstd frame. */
    public static final int ZSTD = 1;
    /** Encryption: none. */
    public static final int UNENCRYPTED = 0;
    /** Encryption: AES-256-GCM. */
    public static final int AES_GCM = 1;

    /** Flag: the value is null. */
    public static final int NULL = 1;
    /** Flag: the entry was deleted, and this stands in its place for a while. */
    public static final int TOMBSTONE = 1 << 1;
    /** Flag: a copy wrote the entry, not the application. */
    public static final int MIGRATED = 1 << 2;
    /** Flag: a read renews the deadline by the milliseconds in metadata key {@link #IDLE_KEY}. */
    public static final int SLIDING = 1 << 3;

    /** Deadline of an entry that does not expire. */
    public static final long NO_DEADLINE = -1;
    /** Metadata key of the idle time of a sliding entry. */
    public static final String IDLE_KEY = "cm.idle";

    /**
     * Checks against the limits of the format.
     *
     * @throws IllegalArgumentException naming the component that is outside its range
     */
    public Envelope {
        tags = List.copyOf(tags);
        metadata = sorted(metadata);
        EnvelopeLimits.check(codec, compression, encryption, flags, createdMicros, deadlineMillis, payload);
        EnvelopeLimits.checkTexts(tags, metadata);
    }

    private static Map<String, String> sorted(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return Map.of();
        }
        if (metadata.size() == 1) {
            return Map.copyOf(metadata);
        }
        TreeMap<String, String> sorted = new TreeMap<>(EnvelopeLimits.BY_BYTES);
        sorted.putAll(metadata);
        return Collections.unmodifiableMap(sorted);
    }

    /** A plain entry that does not expire, created at the epoch. */
    public static Envelope of(int codec, byte[] payload) {
        return new Envelope(codec, UNCOMPRESSED, UNENCRYPTED, 0, 0, NO_DEADLINE, List.of(), Map.of(), payload);
    }

    /** An entry that holds a null. */
    public static Envelope ofNull(int codec) {
        return of(codec, new byte[0]).withFlags(NULL);
    }

    /** The mark of a deletion. */
    public static Envelope tombstone(long createdMicros, long deadlineMillis) {
        return of(CODEC_BYTES, new byte[0])
                .withFlags(TOMBSTONE)
                .withCreated(createdMicros)
                .withDeadline(deadlineMillis);
    }

    /** A copy with other flags. */
    public Envelope withFlags(int newFlags) {
        return new Envelope(
                codec, compression, encryption, newFlags, createdMicros, deadlineMillis, tags, metadata, payload);
    }

    /** A copy created at another time. */
    public Envelope withCreated(long micros) {
        return new Envelope(codec, compression, encryption, flags, micros, deadlineMillis, tags, metadata, payload);
    }

    /** A copy with another deadline. */
    public Envelope withDeadline(long millis) {
        return new Envelope(codec, compression, encryption, flags, createdMicros, millis, tags, metadata, payload);
    }

    /** A copy with other tags. */
    public Envelope withTags(List<String> newTags) {
        return new Envelope(
                codec, compression, encryption, flags, createdMicros, deadlineMillis, newTags, metadata, payload);
    }

    /** A copy with other metadata. */
    public Envelope withMetadata(Map<String, String> newMetadata) {
        return new Envelope(
                codec, compression, encryption, flags, createdMicros, deadlineMillis, tags, newMetadata, payload);
    }

    /** A copy with another payload. */
    public Envelope withPayload(byte[] newPayload) {
        return new Envelope(
                codec, compression, encryption, flags, createdMicros, deadlineMillis, tags, metadata, newPayload);
    }

    /** A copy with another payload, compressed and encrypted as stated. */
    Envelope withPayload(byte[] newPayload, int newCompression, int newEncryption) {
        return new Envelope(
                codec, newCompression, newEncryption, flags, createdMicros, deadlineMillis, tags, metadata, newPayload);
    }

    /** Whether the value is null. */
    public boolean isNull() {
        return (flags & NULL) != 0;
    }

    /** Whether the entry was deleted. */
    public boolean isTombstone() {
        return (flags & TOMBSTONE) != 0;
    }

    /** Whether a copy wrote the entry. */
    public boolean isMigrated() {
        return (flags & MIGRATED) != 0;
    }

    /** Whether a read renews the deadline. */
    public boolean isSliding() {
        return (flags & SLIDING) != 0;
    }

    /** Whether the payload is what the codec wrote, neither compressed nor encrypted. */
    public boolean isPlain() {
        return compression == UNCOMPRESSED && encryption == UNENCRYPTED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Envelope that
                && codec == that.codec
                && compression == that.compression
                && encryption == that.encryption
                && flags == that.flags
                && createdMicros == that.createdMicros
                && deadlineMillis == that.deadlineMillis
                && tags.equals(that.tags)
                && metadata.equals(that.metadata)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(codec, flags, createdMicros, deadlineMillis, tags, metadata, Arrays.hashCode(payload));
    }

    /** Without the payload, which is the user's. */
    @Override
    public String toString() {
        return "Envelope[codec=" + codec + ", flags=" + flags + ", created=" + createdMicros + ", deadline="
                + deadlineMillis + ", tags=" + tags.size() + ", metadata=" + metadata.size() + ", payload="
                + payload.length + " bytes]";
    }
}
