package io.cachemigrator.cache.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of one declared type. */
final class JsonCodec<V> implements Codec<V> {
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final JsonShape shape;
    private final boolean immutable;

    /** Whether a value of this type was once read back: a type that can be written only is found on its first write. */
    private volatile boolean readable;

    JsonCodec(Type declared) {
        this.type = Json.MAPPER.constructType(declared);
        this.reader = Json.MAPPER.readerFor(type);
        this.writer = Json.MAPPER.writerFor(type);
        this.shape = JsonShape.of(type);
        this.immutable = Immutability.of(type);
    }

    @Override
    public int id() {
        return Envelope.CODEC_JSON;
    }

    @Override
    public boolean reads(int otherId) {
        return otherId == Envelope.CODEC_JSON || otherId == Envelope.CODEC_TEXT;
    }

    @Override
    public byte[] encode(V value) {
        @Nullable String fault = shape.faultOf(value);
        if (fault != null) {
            throw refused(fault);
        }
        byte[] json = write(value);
        if (!readable) {
            try {
                Json.read(json, reader);
                readable = true;
            } catch (CodecException oneWay) {
                throw refused("what is written cannot be read back: " + oneWay.getMessage());
            }
        }
        return json;
    }

    private byte[] write(V value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            throw refused(failure.getClass().getSimpleName() + " while writing it");
        } catch (StackOverflowError cycle) {
            throw refused("it refers to itself");
        }
    }

    @Override
    public V decode(byte[] payload, int writtenBy) throws CodecException {
        if (writtenBy == Envelope.CODEC_TEXT && type.getRawClass() == String.class) {
            @SuppressWarnings("unchecked") // V is String
            V text = (V) TextCodec.text(payload);
            return text;
        }
        return Json.read(payload, reader);
    }

    @Override
    public boolean immutableValues() {
        return immutable;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonCodec<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    private ValidationException refused(String why) {
        return new ValidationException(
                CacheErrorCode.NOT_ENCODABLE,
                "A value of " + type.toCanonical() + " cannot be kept as JSON without loss: " + why
                        + ". Declare the exact type, or give the region a codec that can write it.",
                Map.of("type", type.toCanonical()));
    }
}
