package io.cachemigrator.cache.local;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one process that keeps values by reference. Neither keys nor values are null. Made by {@link LocalCacheBuilder}; thread
 * safe.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public interface LocalCache<K, V> {

    /** The value under a key; null when there is none. */
    @Nullable
    V getIfPresent(Object key);

    /**
     * The value under a key, loaded when there is none; whoever asks meanwhile waits for the same load.
     *
     * @throws ExecutionException if the loader threw an exception that has to be declared, which is the cause
     * @throws UncheckedLoadException if it threw another one
     * @throws LoadError if it threw an error
     * @throws LocalCacheLoader.InvalidCacheLoadException if it gave null
     */
    V get(K key, Callable<? extends V> loader) throws ExecutionException;

    /** The values of those keys that have one, in the order of the keys; unmodifiable. */
    Map<K, V> getAllPresent(Iterable<?> keys);

    /** Stores a value. */
    void put(K key, V value);

    /** Stores values, one by one. */
    void putAll(Map<? extends K, ? extends V> entries);

    /** Removes an entry. */
    void invalidate(Object key);

    /** Removes entries. */
    void invalidateAll(Iterable<?> keys);

    /** Removes every entry. */
    void invalidateAll();

    /** How many entries there are; some may have expired. */
    long size();

    /** What was counted so far; zeros unless the builder was told to count. */
    LocalCacheStats stats();

    /**
     * The entries as a map that writes through. Its reads are not counted, and load nothing; its iterators show what was there when
     * they were made. Its {@code compute} methods may call their function more than once when others write meanwhile.
     */
    ConcurrentMap<K, V> asMap();

    /** Removes now what would be removed at one of the next accesses. */
    void cleanUp();
}
