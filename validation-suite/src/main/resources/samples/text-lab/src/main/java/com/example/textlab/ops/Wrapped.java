package com.example.textlab.ops;

import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.compat.factory.LegacyCacheWrapper;
import java.time.Duration;
import java.util.Map;

/** The old interface, as jobs use it. */
public final class Wrapped {
    private final LegacyCacheWrapper cache = LegacyCacheWrapper.createAiCache();
    private int missed;

    public Wrapped() {
        cache.on(CacheEvent.GET_MISS, (event, key, value) -> missed++);
    }

    public boolean keep(String key, Object value) {
        cache.set(key, value);
        cache.set(key, value, Duration.ofMinutes(5));
        return cache.exists(key)
                && cache.lookup(key).isPresent()
                && cache.get(key).isPresent()
                && cache.get(key, Object.class).isPresent()
                && cache.getTtl(key).isPresent();
    }

    public boolean drop(String key) {
        return cache.delete(key);
    }

    public Map<String, Object> answer(String text, Map<String, Object> model) {
        cache.cacheResponse(text, "qa", Map.of(), model, null);
        return cache.getCachedResponse(text, "qa", Map.of(), null).orElse(cache.exists(cache.buildKey(text, "qa", Map.of())) ? model : Map.of());
    }

    public long dropAll() {
        return cache.invalidateByOperation("qa", null) + cache.invalidatePattern("summarize", null) + cache.clear(null);
    }

    public String report() {
        return cache.stats().hits() + " " + cache.hitRatioPercent() + " " + cache.getCacheStats().misses() + " "
                + cache.getCacheHitRatio() + " " + cache.getKeys().size() + " " + cache.getActiveKeys().size() + " "
                + cache.size() + " " + missed + " " + cache.performanceSummary().cacheHits() + " "
                + cache.aiPerformanceSummary().keysMade() + " " + cache.textTierStatistics().configuration() + " "
                + cache.operationPerformance().operations();
    }

    public boolean ready() {
        return cache.connect();
    }

    public void stop() {
        cache.disconnect();
        cache.close();
    }
}
