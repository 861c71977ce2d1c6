package io.cachemigrator.cache.element;

import java.util.concurrent.atomic.AtomicLong;

/** The counts of a cache. */
record Counts(ElementCache cache, AtomicLong hits, AtomicLong absent, AtomicLong expired)
        implements ElementCacheStatistics {
    @Override
    public String getAssociatedCacheName() {
        return cache.getName();
    }

    @Override
    public long getSize() {
        return cache.getSize();
    }

    @Override
    public long getLocalHeapSize() {
        return cache.getSize();
    }

    @Override
    public long cacheHitCount() {
        return hits.get();
    }

    @Override
    public long cacheMissCount() {
        return absent.get() + expired.get();
    }

    @Override
    public long cacheMissNotFoundCount() {
        return absent.get();
    }

    @Override
    public long cacheMissExpiredCount() {
        return expired.get();
    }
}
