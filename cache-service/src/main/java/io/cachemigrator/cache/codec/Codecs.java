package io.cachemigrator.cache.codec;

import java.lang.reflect.Type;

/** The codecs that come with the service. Those returned are immutable and may be shared. */
public final class Codecs {
    private Codecs() {}

    /**
     * The codec that a region view of a class takes: {@link #text()} for {@code String}, {@link #bytes()} for
     * {@code byte[]}, and {@link #json(Class)} for every other class.
     */
    @SuppressWarnings("unchecked") // the two branches are chosen by the class itself
    public static <V> Codec<V> of(Class<V> type) {
        if (type == String.class) {
            return (Codec<V>) text();
        }
        return type == byte[].class ? (Codec<V>) bytes() : json(type);
    }

    /**
     * JSON of a class; dates are ISO-8601 text, byte arrays Base64. Also reads payloads that were written as text.
     *
     * <p>A value of another class than the declared one, or one that JSON would change (a date, set or byte array where
     * the declaration says {@code Object}), is refused with {@code NOT_ENCODABLE}.
     */
    public static <V> Codec<V> json(Class<V> type) {
        return new JsonCodec<>(type);
    }

    /**
     * As {@link #json(Class)}, for generic types such as {@code List<Invoice>}.
     *
     * @param type what the values are; the caller answers for its being {@code V}
     */
    public static <V> Codec<V> json(Type type) {
        return new JsonCodec<>(type);
    }

    /**
     * JSON text kept to the byte: the value is the text itself, which is checked and never rewritten. Python's
     * {@code NaN} and {@code Infinity} are admitted.
     */
    public static Codec<String> rawJson() {
        return RawJsonCodec.TEXT;
    }

    /** As {@link #rawJson()}, with the text as UTF-8 bytes. */
    public static Codec<byte[]> rawJsonBytes() {
        return RawJsonCodec.BYTES;
    }

    /** Text as UTF-8. Reads JSON too: a JSON string gives its text, anything else its JSON text. */
    public static Codec<String> text() {
        return TextCodec.INSTANCE;
    }

    /** Bytes as they are. Reads the payload of every codec of this service as it is stored. */
    public static Codec<byte[]> bytes() {
        return BytesCodec.INSTANCE;
    }
}
