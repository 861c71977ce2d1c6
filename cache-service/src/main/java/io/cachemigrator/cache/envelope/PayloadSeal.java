package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and encrypts the payloads of one region as it is configured, and opens stored ones however they were written.
 * Thread safe.
 *
 * <p>What is encrypted is bound to its region and id, to its codec and to whether it is compressed: under another id it is
 * refused. An encrypted region refuses what is not encrypted, unless it is configured to accept that; then whole numbers in
 * JSON stay as they are, because a store adds to them by itself. A null has no payload, and so is never encrypted.
 */
public final class PayloadSeal {
    private final String region;
    private final int maxValueBytes;
    private final @Nullable CompressionConfig compression;
    private final boolean encrypts;
    private final boolean acceptsPlain;
    private final @Nullable AesGcm encryption;

    private PayloadSeal(RegionConfig region, @Nullable AesGcm encryption) {
        this.region = region.name();
        this.maxValueBytes = region.maxValueBytes();
        this.compression = region.compression();
        this.encrypts = region.encrypted();
        this.acceptsPlain = !encrypts || region.acceptPlain();
        this.encryption = encryption;
    }

    /**
     * For a region.
     *
     * @param keys null = none; then nothing encrypted can be read
     */
    public static PayloadSeal of(RegionConfig region, @Nullable EncryptionConfig keys) {
        return of(region, keys == null ? null : new AesGcm(keys));
    }

    static PayloadSeal of(RegionConfig region, @Nullable AesGcm encryption) {
        if (region.encrypted() && encryption == null) {
            throw new IllegalStateException("no keys, which the configuration was checked for");
        }
        return new PayloadSeal(region, encryption);
    }

    /** An envelope as it is to be stored. */
    public Envelope seal(String id, Envelope plain) {
        if (plain.isNull() || plain.isTombstone() || (acceptsPlain && isCounter(plain))) {
            return plain;
        }
        Envelope sealed = plain;
        if (compression != null && plain.payload().length >= compression.thresholdBytes()) {
            byte @Nullable [] frame = ZstdFrames.compress(plain.payload(), compression.level());
            sealed = frame == null ? plain : plain.withPayload(frame, Envelope.ZSTD, Envelope.UNENCRYPTED);
        }
        return encrypts && encryption != null
                ? sealed.withPayload(
                        encryption.encrypt(sealed.payload(), bound(id, sealed)), sealed.compression(), Envelope.AES_GCM)
                : sealed;
    }

    private static boolean isCounter(Envelope plain) {
        byte[] payload = plain.payload();
        return plain.codec() == Envelope.CODEC_JSON && EnvelopeFormat.isInteger(payload, 0, payload.length);
    }

    /**
     * A stored envelope with the payload that the codec wrote.
     *
     * @throws EnvelopeException saying why it cannot be opened, or is larger than the region admits
     */
    public Envelope open(String id, Envelope stored) throws EnvelopeException {
        requireSize(stored.payload().length, stored.encryption() == Envelope.UNENCRYPTED ? 0 : AesGcm.OVERHEAD);
        if (stored.encryption() == Envelope.UNENCRYPTED && !acceptsPlain && !stored.isNull() && !stored.isTombstone()) {
            throw new EnvelopeException(
                    EnvelopeException.Kind.NOT_ENCRYPTED,
                    "the entry is not encrypted, and this region admits encrypted entries only; write it anew, or set"
                            + " acceptPlain for the time of a roll-out");
        }
        if (stored.isPlain()) {
            return stored;
        }
        byte[] payload = stored.payload();
        if (stored.encryption() == Envelope.AES_GCM) {
            if (encryption == null) {
                throw new EnvelopeException("the payload is encrypted, and no keys are configured here");
            }
            payload = encryption.decrypt(payload, bound(id, stored));
        } else if (stored.encryption() != Envelope.UNENCRYPTED) {
            throw new EnvelopeException("the payload is encrypted in a way that this version does not know");
        }
        if (stored.compression() == Envelope.ZSTD) {
            payload = ZstdFrames.open(payload, maxValueBytes);
        } else if (stored.compression() != Envelope.UNCOMPRESSED) {
            throw new EnvelopeException("the payload is compressed in a way that this version does not know");
        }
        requireSize(payload.length, 0);
        return stored.withPayload(payload, Envelope.UNCOMPRESSED, Envelope.UNENCRYPTED);
    }

    private void requireSize(int length, int overhead) throws EnvelopeException {
        if (length > (long) maxValueBytes + overhead) {
            throw new EnvelopeException("the payload has " + length + " bytes, more than the " + maxValueBytes
                    + " that this region admits");
        }
    }

    private byte[] bound(String id, Envelope envelope) {
        byte[] name = region.getBytes(UTF_8);
        byte[] key = id.getBytes(UTF_8);
        return ByteBuffer.allocate(name.length + key.length + 3)
                .put((byte) envelope.codec())
                .put((byte) envelope.compression())
                .put(name)
                .put((byte) 0)
                .put(key)
                .array();
    }
}
