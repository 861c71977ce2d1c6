package com.example.textlab.ops;

import io.cachemigrator.compat.factory.AiResponseCache;

/** What the first level holds. */
public final class MemoryView {
    private final AiResponseCache cache;

    public MemoryView(String url) {
        this.cache = new AiResponseCache(url);
    }

    public String text() {
        return cache.memoryCache().size() + " of " + cache.memoryCacheSize() + " " + cache.memoryCacheOrder();
    }

    public void close() {
        cache.close();
    }
}
