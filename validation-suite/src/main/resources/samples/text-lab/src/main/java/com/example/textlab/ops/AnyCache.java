package com.example.textlab.ops;

import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.compat.factory.CacheInterface;
import io.cachemigrator.compat.factory.LegacyCaches;
import java.time.Duration;
import java.util.Map;

/** Works with whatever cache the environment asks for. */
public final class AnyCache {
    private final CacheInterface cache;
    private int told;

    public AnyCache(Map<String, String> environment) {
        this.cache = LegacyCaches.getCacheInstance(environment);
        cache.on(CacheEvent.DELETE_SUCCESS, (event, key, value) -> told++);
    }

    public boolean roundTrip(String key) {
        cache.set(key, key);
        cache.set(key, key, Duration.ofMinutes(1));
        return cache.exists(key)
                && cache.get(key).isPresent()
                && cache.get(key, String.class).isPresent()
                && cache.lookup(key).isPresent()
                && cache.getTtl(key).isPresent()
                && cache.delete(key)
                && told > 0;
    }

    public String figures() {
        return cache.stats().hits() + " " + cache.hitRatioPercent() + " " + cache.getKeys() + " "
                + cache.getActiveKeys() + " " + cache.size() + " " + cache.connect();
    }

    public long empty() {
        return cache.clear("on request");
    }

    public void stop() {
        cache.disconnect();
        cache.close();
    }
}
