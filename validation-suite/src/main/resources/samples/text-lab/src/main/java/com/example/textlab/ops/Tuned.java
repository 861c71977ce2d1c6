package com.example.textlab.ops;

import io.cachemigrator.compat.factory.CacheInterface;
import io.cachemigrator.compat.factory.GenericRedisCache;
import io.cachemigrator.compat.factory.LegacyCacheWrapper;
import io.cachemigrator.compat.factory.LegacyCaches;
import io.cachemigrator.compat.factory.LegacyOptions;
import java.util.Map;

/** Caches that are put together by hand. */
public final class Tuned {
    private Tuned() {}

    public static String hits(String url) {
        LegacyOptions options = LegacyOptions.builder(Map.of()).redisUrl(url).build();
        try (GenericRedisCache cache = new GenericRedisCache(options)) {
            cache.get("nothing");
            return "hits " + cache.hitRatioPercent();
        }
    }

    public static String backend(Map<String, String> environment) {
        return LegacyCaches.detect(environment).backend();
    }

    public static int wrapped(CacheInterface cache) {
        LegacyCacheWrapper wrapper = LegacyCacheWrapper.wrap(cache);
        wrapper.set("k", "v");
        return wrapper.usage().size();
    }

    public static boolean web() {
        try (LegacyCacheWrapper wrapper = LegacyCacheWrapper.createWebCache()) {
            return wrapper.connect();
        }
    }

    public static long drop(CacheInterface cache, String pattern) {
        return cache.invalidatePattern(pattern, null);
    }
}
