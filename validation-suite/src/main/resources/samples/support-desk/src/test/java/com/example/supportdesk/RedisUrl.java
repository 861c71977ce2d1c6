package com.example.supportdesk;

/** Where the Redis of the tests is. */
final class RedisUrl {
    private RedisUrl() {}

    static String get() {
        String url = System.getProperty("SUPPORT_DESK_REDIS", System.getenv("SUPPORT_DESK_REDIS"));
        if (url == null) {
            throw new IllegalStateException("Set SUPPORT_DESK_REDIS to the Redis that the tests may write to.");
        }
        return url;
    }
}
