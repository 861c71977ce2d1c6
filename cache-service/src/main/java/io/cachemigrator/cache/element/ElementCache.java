package io.cachemigrator.cache.element;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache of elements. Every method but {@link #getName}, {@link #getCacheConfiguration} and {@link #isKeyInCache} throws
 * {@link IllegalStateException} before the cache is given to {@link ElementCaches} and after it left. Thread-safe.
 */
public interface ElementCache {
    /** The name. */
    String getName();

    /** The configuration, which may be changed. */
    ElementCacheConfig getCacheConfiguration();

    /** Stores an element in place of the one with its key. Null, or an element without a key, is ignored. */
    void put(@Nullable CacheElement element);

    /** Stores elements, without noting when. */
    void putAll(Collection<CacheElement> elements);

    /** Stores an element without touching its times and counts. Null, or an element without a key, is ignored. */
    void putQuiet(@Nullable CacheElement element);

    /** Stores an element where there is none with its key, and gives the one that is there; null when there was none. */
    @Nullable
    CacheElement putIfAbsent(CacheElement element);

    /** Stores an element where there is one with its key, and gives that; null when there is none. */
    @Nullable
    CacheElement replace(CacheElement element);

    /**
     * Stores an element where the old one's key has the old one's value.
     *
     * @return whether it did
     * @throws IllegalArgumentException when the keys differ
     */
    boolean replace(CacheElement old, CacheElement element);

    /** The element of a key, which counts as a use; null when there is none. */
    @Nullable
    CacheElement get(@Nullable Object key);

    /** The element of a key, which does not count; null when there is none. */
    @Nullable
    CacheElement getQuiet(Object key);

    /** The elements of some keys: null for those that are not there, and nothing for those whose time is over. */
    Map<Object, @Nullable CacheElement> getAll(Collection<?> keys);

    /** Keys of all elements, also of those whose time is over. */
    List<Object> getKeys();

    /** The same as {@link #getKeys}. */
    default List<Object> getKeysNoDuplicateCheck() {
        return getKeys();
    }

    /** Keys of all elements whose time is not over. */
    List<Object> getKeysWithExpiryCheck();

    /** Whether there is an element, be its time over or not. */
    boolean isKeyInCache(@Nullable Object key);

    /** Whether an element has a value; each one that is looked at counts as used. */
    default boolean isValueInCache(@Nullable Object value) {
        for (Object key : getKeys()) {
            CacheElement element = get(key);
            if (element != null && Objects.equals(element.getObjectValue(), value)) {
                return true;
            }
        }
        return false;
    }

    /** The same as {@link #isKeyInCache}. */
    default boolean isElementInMemory(@Nullable Object key) {
        return isKeyInCache(key);
    }

    /** Whether the time of an element is over in this cache. */
    boolean isExpired(CacheElement element);

    /** Removes an element, and tells whether there was one. */
    boolean remove(@Nullable Object key);

    /** The same as {@link #remove}. */
    default boolean removeQuiet(@Nullable Object key) {
        return remove(key);
    }

    /** Removes an element where its key has its value, and tells whether it did. */
    boolean removeElement(CacheElement element);

    /** Removes all elements. */
    void removeAll();

    /** Removes elements. */
    default void removeAll(Collection<?> keys) {
        keys.forEach(this::remove);
    }

    /** Removes all elements, unless the configuration says otherwise. */
    void flush();

    /** Removes elements whose time is over. */
    void evictExpiredElements();

    /** Elements that are there, also those whose time is over and that nobody has looked at since. */
    int getSize();

    /** The same as {@link #getSize}. */
    default long getMemoryStoreSize() {
        return getSize();
    }

    /** Counts. */
    ElementCacheStatistics getStatistics();

    /** Ends the cache and forgets its elements; to be called by {@link ElementCaches} rather than by users. */
    void dispose();
}
