package io.cachemigrator.cache.text;

import io.cachemigrator.cache.codec.Codec;
import java.nio.charset.StandardCharsets;

/**
 * Whatever is stored as the text that its bytes are, as a Redis client has it: a copy that turned out to be JSON keeps its
 * quotes, and what UTF-8 has not becomes a question mark. Thread safe.
 */
final class RawText implements Codec<String> {
    static final RawText INSTANCE = new RawText();

    private static final int BYTES = 0;
    private static final int TEXT = 1;
    private static final int JSON = 2;

    private RawText() {}

    @Override
    public int id() {
        return TEXT;
    }

    @Override
    public boolean reads(int otherId) {
        return otherId == BYTES || otherId == TEXT || otherId == JSON;
    }

    @Override
    public byte[] encode(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] payload, int writtenBy) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public boolean immutableValues() {
        return true;
    }
}
