package io.cachemigrator.cache.local;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * A cache that knows how to load what it lacks. Thread safe.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public interface LoadingLocalCache<K, V> extends LocalCache<K, V>, Function<K, V> {

    /**
     * The value under a key, loaded when there is none.
     *
     * @throws ExecutionException if the loader threw an exception that has to be declared, which is the cause
     * @throws UncheckedLoadException if it threw another one
     * @throws LoadError if it threw an error
     * @throws LocalCacheLoader.InvalidCacheLoadException if it gave null
     */
    V get(K key) throws ExecutionException;

    /**
     * As {@link #get}, but that every exception of the loader is the cause of an {@link UncheckedLoadException}.
     */
    V getUnchecked(K key);

    /**
     * The values under keys, in their order; those that are missing are loaded together where the loader can do that. Unmodifiable.
     *
     * @throws ExecutionException as {@link #get}
     */
    Map<K, V> getAll(Iterable<? extends K> keys) throws ExecutionException;

    /** As {@link #getUnchecked}: who has a cache for a function calls it so. */
    @Override
    V apply(K key);

    /**
     * Loads the value under a key anew; who asks meanwhile gets the old one. What the loader throws is logged, and the old value
     * stays.
     */
    void refresh(K key);
}
