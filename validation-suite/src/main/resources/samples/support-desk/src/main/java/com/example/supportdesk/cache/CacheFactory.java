package com.example.supportdesk.cache;

import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the caches of the desk. */
public final class CacheFactory {
    private static final boolean DECODE = true;

    private CacheFactory() {}

    /** As the environment says. */
    public static RedisCacheService fromEnvironment() {
        return new RedisCacheService();
    }

    public static RedisCacheService open(String url) {
        // one connection is not enough at the start of a working day
        return new RedisCacheService(url, 4, DECODE, "ngx", Duration.ofMinutes(30));
    }

    public static RedisCacheService openOr(String url, Supplier<RedisCacheService> fallback) {
        Function<String, RedisCacheService> opener = RedisCacheService::new;
        return url == null ? fallback.get() : opener.apply(url);
    }

    public static NgxCacheManager conversations(RedisCacheService redis) {
        return new NgxCacheManager(redis);
    }
}
