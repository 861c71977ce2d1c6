package com.example.supportdesk.agent;

import static io.cachemigrator.compat.services.LegacyCaches.redis;

import io.cachemigrator.compat.services.LegacyCaches;
import io.cachemigrator.compat.services.NgxCacheManager;

/** What all agents of a process see. */
public final class SharedDesk {
    private SharedDesk() {}

    public static boolean announce(String text) {
        return redis().set("announcement", text);
    }

    public static String announcement() {
        var cache = LegacyCaches.redis();
        return cache.get("announcement", String.class);
    }

    public static NgxCacheManager conversations() {
        return new NgxCacheManager();
    }

    public static void shutDown() {
        LegacyCaches.closeRedis();
    }
}
