package io.cachemigrator.cache.local;

/**
 * Tells what entries weigh.
 *
 * @param <K> of keys
 * @param <V> of values
 */
@FunctionalInterface
public interface Weigher<K, V> {
    /** What an entry weighs, 0 or more; asked once, when it is stored. */
    int weigh(K key, V value);
}
