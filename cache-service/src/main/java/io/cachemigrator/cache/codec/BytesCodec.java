package io.cachemigrator.cache.codec;

import io.cachemigrator.cache.envelope.Envelope;

/** Bytes as they are. */
final class BytesCodec implements Codec<byte[]> {
    static final BytesCodec INSTANCE = new BytesCodec();

    private BytesCodec() {}

    @Override
    public int id() {
        return Envelope.CODEC_BYTES;
    }

    @Override
    public boolean reads(int otherId) {
        return otherId == Envelope.CODEC_BYTES || otherId == Envelope.CODEC_TEXT || otherId == Envelope.CODEC_JSON;
    }

    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public byte[] decode(byte[] payload, int writtenBy) {
        return payload.clone();
    }
}
