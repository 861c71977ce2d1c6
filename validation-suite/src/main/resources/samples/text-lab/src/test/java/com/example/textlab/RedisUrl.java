package com.example.textlab;

/** Where the Redis of the tests is. */
final class RedisUrl {
    private RedisUrl() {}

    static String get() {
        String url = System.getProperty("TEXT_LAB_REDIS", System.getenv("TEXT_LAB_REDIS"));
        if (url == null) {
            throw new IllegalStateException("Set TEXT_LAB_REDIS to the Redis that the tests may write to.");
        }
        return url;
    }
}
