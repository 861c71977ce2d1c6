package io.cachemigrator.cache.local;

/**
 * Hears of entries that left a cache, on the thread that made them leave or tidied up. What it throws is logged and goes no further.
 *
 * @param <K> of keys
 * @param <V> of values
 */
@FunctionalInterface
public interface RemovalListener<K, V> {
    /** An entry left. */
    void onRemoval(RemovalNotification<K, V> notification);
}
