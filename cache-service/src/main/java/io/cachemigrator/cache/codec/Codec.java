package io.cachemigrator.cache.codec;

/**
 * Turns values into payload bytes and back. Implementations are thread safe.
 *
 * @param <V> type of the values
 */
public interface Codec<V> {

    /** Codec number in the envelope: 0 bytes, 1 text, 2 JSON; 128 to 255 are for users' own. */
    int id();

    /**
     * Whether this codec reads payloads written by codec {@code otherId}: the JSON codec, for one, reads text.
     */
    default boolean reads(int otherId) {
        return otherId == id();
    }

    /**
     * Encodes a value that is not null.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if it cannot be encoded without loss
     */
    byte[] encode(V value);

    /**
     * Decodes a payload written by codec {@code writtenBy}, one that {@link #reads} accepts.
     *
     * @throws CodecException if the bytes are not what this codec reads
     */
    V decode(byte[] payload, int writtenBy) throws CodecException;

    /** Whether values cannot be changed, so that a memory tier may hand out one instance to all callers. */
    default boolean immutableValues() {
        return false;
    }
}
