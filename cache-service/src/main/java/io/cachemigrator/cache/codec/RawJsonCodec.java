package io.cachemigrator.cache.codec;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.util.Map;

/** JSON text that stays as it is. */
final class RawJsonCodec {
    static final Codec<String> TEXT = new Text();
    static final Codec<byte[]> BYTES = new Bytes();

    private RawJsonCodec() {}

    private static byte[] checked(byte[] json) {
        if (!Json.isJson(json)) {
            throw new ValidationException(
                    CacheErrorCode.NOT_ENCODABLE,
                    "The value is not one whole JSON document. Correct it, or store it with the text or the bytes codec.",
                    Map.of("bytes", json.length));
        }
        return json;
    }

    private static final class Text implements Codec<String> {
        @Override
        public int id() {
            return Envelope.CODEC_JSON;
        }

        @Override
        public byte[] encode(String value) {
            return checked(TextCodec.utf8(value));
        }

        @Override
        public String decode(byte[] payload, int writtenBy) throws CodecException {
            return TextCodec.text(payload);
        }

        @Override
        public boolean immutableValues() {
            return true;
        }
    }

    private static final class Bytes implements Codec<byte[]> {
        @Override
        public int id() {
            return Envelope.CODEC_JSON;
        }

        @Override
        public byte[] encode(byte[] value) {
            return checked(value.clone());
        }

        @Override
        public byte[] decode(byte[] payload, int writtenBy) {
            return payload.clone();
        }
    }
}
