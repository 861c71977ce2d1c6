package com.example.textlab.web;

import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.compat.factory.GenericRedisCache;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is logged in. */
public final class Sessions {
    private final GenericRedisCache cache;
    private final AtomicInteger misses = new AtomicInteger();

    public Sessions(String url) {
        this.cache = new GenericRedisCache(url, Duration.ofMinutes(30));
        cache.on(CacheEvent.GET_MISS, (event, key, value) -> misses.incrementAndGet());
    }

    public void start(String id, String user) {
        cache.set("session:" + id, Map.of("user", user));
    }

    public void extend(String id, String user, Duration time) {
        cache.set("session:" + id, Map.of("user", user), time);
    }

    public String userOf(String id) {
        return cache.get("session:" + id, Map.class)
                .map(session -> String.valueOf(session.get("user")))
                .orElse(null);
    }

    public long secondsLeft(String id) {
        return cache.getTtl("session:" + id).map(Duration::toSeconds).orElse(0L);
    }

    public boolean end(String id) {
        return cache.delete("session:" + id);
    }

    public int misses() {
        return misses.get();
    }

    public void stop() {
        cache.disconnect();
    }
}
