package io.cachemigrator.map;

import org.jspecify.annotations.Nullable;

/** The type of a legacy Redis key, as the server names it. */
public enum RedisType {
    /** Text, bytes and counters. */
    STRING("string"),
    /** Fields and values. */
    HASH("hash"),
    /** Values in order. */
    LIST("list"),
    /** Distinct values. */
    SET("set"),
    /** Distinct values with scores. */
    ZSET("zset"),
    /** Appended records. */
    STREAM("stream");

    private final String text;

    RedisType(String text) {
        this.text = text;
    }

    /**
     * The type of a name as the server writes it.
     *
     * @return null where the server has a type that no map can name
     */
    public static @Nullable RedisType named(String name) {
        return switch (name) {
            case "string" -> STRING;
            case "hash" -> HASH;
            case "list" -> LIST;
            case "set" -> SET;
            case "zset" -> ZSET;
            case "stream" -> STREAM;
            default -> null;
        };
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
