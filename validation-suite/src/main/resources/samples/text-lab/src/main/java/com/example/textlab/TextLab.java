package com.example.textlab;

import io.cachemigrator.compat.factory.AiResponseCache;
import io.cachemigrator.compat.factory.CacheInterface;
import io.cachemigrator.compat.factory.LegacyCaches;
import java.util.Map;

/** The application: what the environment decides on. */
public final class TextLab implements AutoCloseable {
    private final CacheInterface cache;
    private final AiResponseCache answers;

    public TextLab() {
        this.cache = LegacyCaches.getCacheInstance();
        this.answers = LegacyCaches.getAiCache();
    }

    public static CacheInterface cacheOf(Map<String, String> settings) {
        return LegacyCaches.getCacheInstance(settings);
    }

    public void remember(String name, Object value) {
        cache.set("lab:" + name, value);
    }

    public boolean knows(String name) {
        return cache.exists("lab:" + name) || cache.lookup("lab:" + name).isPresent();
    }

    public Object recall(String name) {
        return cache.get("lab:" + name).orElse(null);
    }

    public AiResponseCache answers() {
        return answers;
    }

    @Override
    public void close() {
        cache.close();
    }
}
