package io.cachemigrator.cache.element;

/** Counts of a cache since it was made, always those of now. Thread-safe. */
public interface ElementCacheStatistics {
    /** The name of the cache. */
    String getAssociatedCacheName();

    /** Elements that are there, also those whose time is over and that nobody has looked at since. */
    long getSize();

    /** The same as {@link #getSize}. */
    long getLocalHeapSize();

    /** How often {@code get} found an element. */
    long cacheHitCount();

    /** How often {@code get} found none. */
    long cacheMissCount();

    /** How often {@code get} found no element. */
    long cacheMissNotFoundCount();

    /** How often {@code get} found an element whose time was over. */
    long cacheMissExpiredCount();
}
