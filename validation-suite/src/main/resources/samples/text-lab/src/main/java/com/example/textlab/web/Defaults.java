package com.example.textlab.web;

import io.cachemigrator.compat.factory.CacheInterface;
import io.cachemigrator.compat.factory.GenericRedisCache;
import io.cachemigrator.compat.factory.InMemoryCache;
import java.time.Duration;

/** Caches of pages with what they come with. */
final class Defaults {
    private Defaults() {}

    static CacheInterface redis() {
        return new GenericRedisCache();
    }

    static CacheInterface redis(String url) {
        return new GenericRedisCache(url);
    }

    static CacheInterface memory() {
        return new InMemoryCache(Duration.ofMinutes(5), 50);
    }
}
