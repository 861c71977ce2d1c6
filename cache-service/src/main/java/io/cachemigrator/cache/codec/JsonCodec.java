package io.cachemigrator.cache.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.Utf8;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of one declared type. */
final class JsonCodec<V> implements Codec<V> {
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final JsonShape shape;

    /** Whether a value of this type was once read back: a type that can be written only is found on its first write. */
    private volatile boolean readable;

    JsonCodec(Type declared) {
        this.type = Json.MAPPER.constructType(declared);
        this.reader = Json.MAPPER.readerFor(type);
        this.writer = Json.MAPPER.writerFor(type);
        this.shape = JsonShape.of(type);
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
            return writeEscaped(value, failure);
        } catch (StackOverflowError cycle) {
            throw refused("it refers to itself");
        }
    }

    /** The byte generator refuses half a surrogate pair, which JSON can say with an escape: the text generator writes it. */
    private byte[] writeEscaped(V value, JsonProcessingException first) {
        String json;
        try {
            json = writer.writeValueAsString(value);
        } catch (JsonProcessingException again) {
            throw refused(again.getClass().getSimpleName() + " while writing it");
        }
        if (Utf8.isEncodable(json)) {
            throw refused(first.getClass().getSimpleName() + " while writing it");
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                escaped.append(unit).append(json.charAt(++i));
            } else if (Character.isSurrogate(unit)) {
                escaped.append(String.format("\\u%04x", (int) unit));
            } else {
                escaped.append(unit);
            }
        }
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
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

    private ValidationException refused(String why) {
        return new ValidationException(
                CacheErrorCode.NOT_ENCODABLE,
                "A value of " + type.toCanonical() + " cannot be kept as JSON without loss: " + why
                        + ". Declare the exact type, or give the region a codec that can write it.",
                Map.of("type", type.toCanonical()));
    }
}
