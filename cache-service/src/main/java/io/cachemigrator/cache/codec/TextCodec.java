package io.cachemigrator.cache.codec;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.Utf8;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/** Text as UTF-8. */
final class TextCodec implements Codec<String> {
    static final TextCodec INSTANCE = new TextCodec();

    private TextCodec() {}

    @Override
    public int id() {
        return Envelope.CODEC_TEXT;
    }

    @Override
    public boolean reads(int otherId) {
        return otherId == Envelope.CODEC_TEXT || otherId == Envelope.CODEC_JSON;
    }

    @Override
    public byte[] encode(String value) {
        return utf8(value);
    }

    @Override
    public String decode(byte[] payload, int writtenBy) throws CodecException {
        if (writtenBy == Envelope.CODEC_JSON && payload.length > 0 && payload[0] == '"') {
            return Json.read(payload, Json.STRING);
        }
        return text(payload);
    }

    @Override
    public boolean immutableValues() {
        return true;
    }

    static byte[] utf8(String value) {
        if (!Utf8.isEncodable(value)) {
            throw new ValidationException(
                    CacheErrorCode.NOT_ENCODABLE,
                    "The text holds half of a surrogate pair, which UTF-8 cannot express. Store it as JSON or as bytes.",
                    Map.of("length", value.length()));
        }
        return Utf8.encode(value);
    }

    static String text(byte[] payload) throws CodecException {
        try {
            return Utf8.decode(payload);
        } catch (CharacterCodingException notUtf8) {
            throw new CodecException("the payload is not UTF-8 text", null);
        }
    }
}
