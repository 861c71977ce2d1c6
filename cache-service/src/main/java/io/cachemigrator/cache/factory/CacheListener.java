package io.cachemigrator.cache.factory;

import org.jspecify.annotations.Nullable;

/** Hears what a cache does, on the thread that does it. What it throws is logged and goes no further. */
@FunctionalInterface
public interface CacheListener {

    /**
     * Something has happened.
     *
     * @param value what was found or stored; null for the other events, and for a stored null
     */
    void heard(CacheEvent event, String key, @Nullable Object value);
}
