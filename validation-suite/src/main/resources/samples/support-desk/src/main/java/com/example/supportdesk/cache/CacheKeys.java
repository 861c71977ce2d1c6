package com.example.supportdesk.cache;

import java.time.Duration;

/** Keys and lifetimes that the desk uses. */
public final class CacheKeys {
    public static final Duration TICKET_TTL = Duration.ofHours(4);
    public static final Duration LOCK_TTL = Duration.ofSeconds(30);

    private CacheKeys() {}

    public static String ticket(String id) {
        return "ticket:" + id;
    }

    public static String lock(String id) {
        return "lock:" + id;
    }
}
