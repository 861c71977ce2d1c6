package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache of an application, addressed by text keys; values are whatever JSON can carry. Made by {@link CacheFactory}. While a
 * store does not answer it goes on in memory, and hands over what it was given when the store is back; no method throws because
 * of it. Thread safe.
 */
public interface AppCache extends AutoCloseable {

    /** The value under a key as maps, lists, text and numbers; empty when there is none, or a null was stored. */
    default Optional<Object> get(String key) {
        return get(key, Object.class);
    }

    /** The value under a key as {@code type}; empty when there is none, it cannot be read as one, or a null was stored. */
    default <T> Optional<T> get(String key, Class<T> type) {
        return Optional.ofNullable(lookup(key, type).valueOrNull());
    }

    /** Looks an entry up; tells apart present (a stored null included), absent, unavailable and undecodable. */
    default Lookup<Object> lookup(String key) {
        return lookup(key, Object.class);
    }

    /** As {@link #lookup(String)}, read as {@code type}. */
    <T> Lookup<T> lookup(String key, Class<T> type);

    /**
     * Stores a value for the default time. Null is stored as a null.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if it cannot be written as JSON
     */
    void set(String key, @Nullable Object value);

    /**
     * Stores a value.
     *
     * @param ttl positive, at most a year
     * @throws io.cachemigrator.cache.error.ValidationException if it is not, or the value cannot be written as JSON
     */
    void set(String key, @Nullable Object value, Duration ttl);

    /** Removes an entry; true if there was one. */
    boolean delete(String key);

    /** Whether a live entry exists, a stored null included. Not counted. */
    boolean exists(String key);

    /** How long an entry has left; empty when there is none, or it stays until removed. */
    Optional<Duration> getTtl(String key);

    /** The keys of live entries. Reads all of them, in steps: for people and tools. */
    List<String> getKeys();

    /** As {@link #getKeys}. */
    default List<String> getActiveKeys() {
        return getKeys();
    }

    /** How many live entries there are; as {@link #getKeys}. */
    default int size() {
        return getKeys().size();
    }

    /**
     * Removes the entries whose key matches.
     *
     * @param pattern a {@link Glob} of the whole key, not empty
     * @return how many were removed
     */
    long invalidatePattern(String pattern);

    /** Removes every entry but answers of models, or, of an {@link AiCache}, every answer; gives how many. */
    long clear();

    /** Calls a listener after each event of a kind. */
    void on(CacheEvent event, CacheListener listener);

    /** Counters. */
    CacheStats stats();

    /** Hits over look-ups, 0 to 100. */
    default double hitRatioPercent() {
        return stats().hitRatioPercent();
    }

    /** Health of what is underneath; asks the stores, and leaves no entry behind. */
    CacheHealth health();

    /** Asks the stores once; whether they answer. Optional: a cache connects by itself when it is used. */
    default boolean connect() {
        return health().isHealthy();
    }

    /** Releases connections, files and threads. */
    @Override
    void close();
}
