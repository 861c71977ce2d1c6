package com.example.textlab.web;

import io.cachemigrator.compat.factory.GenericRedisCache;
import java.time.Duration;
import java.util.Optional;

/** Pages that were made. */
public final class Pages {
    private final GenericRedisCache cache;

    public Pages(String url) {
        this.cache = new GenericRedisCache(url, Duration.ofHours(1), true, 100, 2000, 6);
    }

    public void keep(String path, String page) {
        cache.set("page:" + path, page);
    }

    public Optional<String> find(String path) {
        return cache.get("page:" + path, String.class);
    }

    public long drop(String folder) {
        return cache.invalidatePattern("page:" + folder + "/*", null);
    }

    public long dropAll() {
        return cache.clear("deployment");
    }

    public void close() {
        cache.close();
    }
}
