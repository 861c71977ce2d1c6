package io.cachemigrator.cache.tier.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Text and numbers as they go to a server and come back. */
final class Wire {
    private Wire() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    /** The text from an offset on. */
    static String text(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, UTF_8);
    }

    /** A time that a record holds; -1 when there is no record. */
    static long stamp(byte @Nullable [] record) {
        return record == null ? -1 : Long.parseLong(text(record));
    }
}
