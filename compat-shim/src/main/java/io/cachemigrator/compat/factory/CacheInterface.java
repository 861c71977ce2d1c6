package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.cache.factory.CacheListener;
import io.cachemigrator.cache.factory.CacheStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every legacy cache can do. No method throws because a store does not answer. Thread safe.
 *
 * @deprecated use {@link AppCache}; the recipe {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public interface CacheInterface extends AutoCloseable {

    /**
     * The value under a key; empty when there is none, it cannot be read, or a null was stored.
     *
     * @deprecated use {@link AppCache#get(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    Optional<Object> get(String key);

    /**
     * The value under a key as {@code type}.
     *
     * @deprecated use {@link AppCache#get(String, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    <T> Optional<T> get(String key, Class<T> type);

    /**
     * Looks an entry up; tells apart present (a stored null included), absent, unavailable and undecodable.
     *
     * @deprecated use {@link AppCache#lookup(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    Lookup<Object> lookup(String key);

    /**
     * Stores a value for the default time.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if it cannot be written as JSON
     * @deprecated use {@link AppCache#set(String, Object)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    void set(String key, @Nullable Object value);

    /**
     * Stores a value.
     *
     * @param ttl zero = what the cache took it for: the default time, or no expiry where the cache is in memory only; at most a
     *     year
     * @throws io.cachemigrator.cache.error.ValidationException if it is negative or too long, or the value cannot be written as JSON
     * @deprecated use {@link AppCache#set(String, Object, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    void set(String key, @Nullable Object value, Duration ttl);

    /**
     * Removes an entry; true if there was one.
     *
     * @deprecated use {@link AppCache#delete(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    boolean delete(String key);

    /**
     * Whether a live entry exists, a stored null included.
     *
     * @deprecated use {@link AppCache#exists(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    boolean exists(String key);

    /**
     * Whole seconds that an entry has left; empty when there is none, or it stays until removed.
     *
     * @deprecated use {@link AppCache#getTtl(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    Optional<Duration> getTtl(String key);

    /**
     * The keys; of a cache in memory those of expired entries may be among them.
     *
     * @deprecated use {@link AppCache#getKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    List<String> getKeys();

    /**
     * The keys of live entries.
     *
     * @deprecated use {@link AppCache#getActiveKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    List<String> getActiveKeys();

    /**
     * How many entries there are.
     *
     * @deprecated use {@link AppCache#size()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    int size();

    /**
     * Removes the entries that a pattern means: of a cache of answers the answers whose key has it somewhere, of any other the
     * entries whose whole key matches.
     *
     * @param pattern with {@code *}, {@code ?} and {@code [...]}, not empty
     * @param context what the removal is for; without effect
     * @return how many were removed
     * @throws io.cachemigrator.cache.error.ValidationException if it is empty
     * @deprecated use {@link AppCache#invalidatePattern(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    long invalidatePattern(String pattern, @Nullable String context);

    /**
     * Removes what the cache holds: of a cache of answers the answers.
     *
     * @param context what the removal is for; without effect
     * @return how many were removed
     * @deprecated use {@link AppCache#clear()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    long clear(@Nullable String context);

    /**
     * Calls a listener after each event of a kind; one that throws disturbs nobody.
     *
     * @deprecated use {@link AppCache#on(CacheEvent, CacheListener)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    void on(CacheEvent event, CacheListener listener);

    /**
     * Counters.
     *
     * @deprecated use {@link AppCache#stats()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    CacheStats stats();

    /**
     * Hits over look-ups, 0 to 100.
     *
     * @deprecated use {@link AppCache#hitRatioPercent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    double hitRatioPercent();

    /**
     * Whether the store answers. Optional: a cache connects by itself when it is used.
     *
     * @deprecated use {@link AppCache#connect()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    boolean connect();

    /**
     * Releases connections and threads.
     *
     * @deprecated use {@link AppCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    void disconnect();

    /**
     * As {@link #disconnect()}.
     *
     * @deprecated use {@link AppCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    void close();
}
