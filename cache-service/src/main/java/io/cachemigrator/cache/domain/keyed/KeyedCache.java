package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache addressed by text keys whose values are of any type that JSON can carry. The region of an entry follows from
 * the key's prefix ({@link KeyRoutes}). Thread safe.
 *
 * <p>No method throws because a store is unreachable: reads give nothing or the default, writes give {@code false},
 * counters and bulk reads are empty. {@link #lookup} and {@link #statistics()} tell an outage from a miss. A value that
 * cannot be encoded gives {@code false} and a log record.
 *
 * <pre>{@code
 * try (KeyedCache cache = KeyedCache.open("redis://localhost:6379")) {
 *     cache.set("user:42", Map.of("name", "Ana"), Duration.ofMinutes(5));
 *     Map<?, ?> user = cache.get("user:42", Map.class);
 *     OptionalLong visits = cache.increment("visits");
 * }
 * }</pre>
 */
public final class KeyedCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedCache.class);

    /** Time to live of entries that bring none, in caches that {@code open} makes. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(1);

    private final KeyedStore store;
    private final @Nullable Duration defaultTtl;
    private final KeyedCounters counters = new KeyedCounters();
    private final AsyncCalls async = new AsyncCalls();

    /**
     * Over a store.
     *
     * @param store closed with this cache
     * @param defaultTtl positive; null = the default of each entry's region
     */
    public KeyedCache(KeyedStore store, @Nullable Duration defaultTtl) {
        this.store = store;
        this.defaultTtl = defaultTtl;
    }

    /**
     * Over an open service, which stays open when this cache is closed.
     *
     * @param defaultTtl positive; null = the default of each entry's region
     */
    public KeyedCache(CacheService service, KeyRoutes routes, @Nullable Duration defaultTtl) {
        this(new RegionStore(service, routes, false), defaultTtl);
    }

    /** Over an open service, which stays open, with the routes of the conversation services and their regions' defaults. */
    public KeyedCache(CacheService service) {
        this(service, KeyRoutes.services(), null);
    }

    /** Opens a service as the environment says ({@link RedisEnvironment}); as {@link #open(String)}. */
    public static KeyedCache open() {
        return open(null);
    }

    /**
     * Opens a service in the namespace that {@code CACHE_NAMESPACE} names, else that of the conversation services, with the
     * time to live of {@code CACHE_DEFAULT_TTL}, else {@link #DEFAULT_TTL}.
     *
     * @param redisUrl where Redis is; null = as the environment says
     */
    public static KeyedCache open(@Nullable String redisUrl) {
        RedisEnvironment environment = RedisEnvironment.of(System.getenv());
        return open(redisUrl, 0, environment.namespace(), environment.defaultTtl());
    }

    /**
     * Opens a service.
     *
     * @param redisUrl where Redis is; null = as the environment says
     * @param poolSize connections, at most 1,000; 0 = as the environment says
     * @param namespace legacy namespace, which names the regions ({@link KeyRoutes#forNamespace})
     * @param defaultTtl time to live of entries that bring none; zero = {@link #DEFAULT_TTL}
     */
    public static KeyedCache open(@Nullable String redisUrl, int poolSize, String namespace, Duration defaultTtl) {
        RedisConfig redis = RedisEnvironment.of(System.getenv()).target(redisUrl, poolSize);
        CacheConfigBuilder config = CacheConfig.builder().redis(redis);
        KeyRoutes routes = KeyRoutes.forNamespace(namespace);
        routes.regionConfigs().values().forEach(config::region);
        return open(config.build(), routes, defaultTtl.isZero() ? DEFAULT_TTL : defaultTtl);
    }

    /**
     * Opens a service, which is closed with this cache.
     *
     * @param defaultTtl positive; null = the default of each entry's region
     */
    public static KeyedCache open(CacheConfig config, KeyRoutes routes, @Nullable Duration defaultTtl) {
        return new KeyedCache(new RegionStore(CacheService.open(config), routes, true), defaultTtl);
    }

    /**
     * Asks the stores once, so that a wrong address or password shows at start-up instead of at the first call. Optional:
     * a cache connects by itself when it is used.
     *
     * @throws InfrastructureException if a store does not answer
     */
    public void start() {
        CacheHealth health = store.health();
        if (health.status() == CacheHealth.Status.DOWN) {
            String reason = health.tiers().values().stream()
                    .map(CacheHealth.TierHealth::reason)
                    .filter(text -> text != null)
                    .findFirst()
                    .orElse("no store answers");
            throw new InfrastructureException(
                    CacheErrorCode.STORE_UNAVAILABLE,
                    "The cache cannot start: " + reason + ". Check address, password and TLS settings.",
                    Map.of("tiers", health.tiers().keySet()));
        }
    }

    /** Looks an entry up; tells apart present (a stored null included), absent, unavailable and undecodable. */
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return counters.countLookup(store.lookup(key, type));
    }

    /** The value under a key; null when there is none, when null was stored, or when it cannot be had. */
    public <T> @Nullable T get(String key, Class<T> type) {
        return lookup(key, type).valueOrNull();
    }

    /** The value under a key, or the default when there is none or it cannot be had. A stored null gives null. */
    public <T> @Nullable T get(String key, Class<T> type, @Nullable T defaultValue) {
        Lookup<T> found = lookup(key, type);
        return found.isPresent() ? found.valueOrNull() : defaultValue;
    }

    /** Stores a value with the default time to live. Null is stored as a null. */
    public boolean set(String key, @Nullable Object value) {
        return set(key, value, WriteOptions.DEFAULTS);
    }

    /**
     * Stores a value.
     *
     * @param ttl zero = the default; negative is an {@link IllegalArgumentException}
     */
    public boolean set(String key, @Nullable Object value, Duration ttl) {
        return set(key, value, options(ttl));
    }

    /**
     * Stores a value.
     *
     * @return true if it was stored; false when the condition did not hold, the value cannot be encoded or is too large,
     *     or the store cannot be reached
     */
    public boolean set(String key, @Nullable Object value, WriteOptions options) {
        return write(key, () -> store.put(key, value, withDefaultTtl(options)));
    }

    /** Removes an entry; true if there was one. */
    public boolean delete(String key) {
        return write(key, () -> store.delete(key));
    }

    /** Whether a live entry exists, a stored null included. Changes no counters. */
    public boolean exists(String key) {
        return write(key, () -> store.exists(key));
    }

    /** Gives a live entry a new time to live; zero or negative removes it. True if there was one. */
    public boolean expire(String key, Duration ttl) {
        return write(key, () -> store.expire(key, ttl));
    }

    /**
     * The values found under the keys, in the order given; a stored null is present as null. A value that cannot be read
     * is left out and counted; hits and misses are not counted.
     */
    public <T> Map<String, @Nullable T> getMany(Collection<String> keys, Class<T> type) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable T> values = new LinkedHashMap<>();
        Map<String, Lookup<T>> found = store.lookupAll(new LinkedHashSet<>(keys), type);
        found.forEach((key, lookup) -> {
            if (lookup.isPresent()) {
                values.put(key, lookup.valueOrNull());
            }
        });
        counters.countFailures(found.values());
        return values;
    }

    /** Stores several values with the default time to live; as {@link #setMany(Map, Duration)}. */
    public boolean setMany(Map<String, ? extends @Nullable Object> values) {
        return setMany(values, Duration.ZERO);
    }

    /**
     * Stores several values; nothing is stored when one cannot be encoded. An empty map gives true.
     *
     * @param ttl zero = the default; negative is an {@link IllegalArgumentException}
     */
    public boolean setMany(Map<String, ? extends @Nullable Object> values, Duration ttl) {
        WriteOptions options = withDefaultTtl(options(ttl));
        return values.isEmpty() || write("(several)", () -> store.putAll(values, options));
    }

    /** Adds 1; as {@link #increment(String, long)}. */
    public OptionalLong increment(String key) {
        return increment(key, 1);
    }

    /**
     * Adds to the integer under a key in one atomic step. A missing entry counts as zero and is created without expiry; an
     * existing deadline is kept.
     *
     * @return the new value; empty, with nothing changed, when the entry is not a 64-bit integer or the sum would not be
     *     one; empty when the store cannot be reached
     */
    public OptionalLong increment(String key, long amount) {
        CounterResult result = store.increment(key, amount);
        if (result instanceof CounterResult.Counted counted) {
            return OptionalLong.of(counted.value());
        }
        counters.countError(result instanceof CounterResult.Unavailable);
        return OptionalLong.empty();
    }

    /** Subtracts 1; as {@link #increment(String, long)}. */
    public OptionalLong decrement(String key) {
        return decrement(key, 1);
    }

    /** Subtracts from the integer under a key; as {@link #increment(String, long)} with the amount negated. */
    public OptionalLong decrement(String key, long amount) {
        if (amount == Long.MIN_VALUE) {
            counters.countError(false);
            return OptionalLong.empty();
        }
        return increment(key, -amount);
    }

    /** Removes every entry of this cache's regions. */
    public ClearOutcome clear() {
        ClearOutcome outcome = store.clear();
        if (!outcome.complete()) {
            counters.countError(true);
        }
        return outcome;
    }

    /** The store underneath, for caches of other kinds over the same entries. It is closed with this cache. */
    public KeyedStore store() {
        return store;
    }

    /** Counters since this cache was opened. */
    public KeyedStatistics statistics() {
        return counters.snapshot();
    }

    /** Health of the stores underneath; asks them. */
    public CacheHealth health() {
        return store.health();
    }

    /** As {@link #get(String, Class)}, on another thread. */
    public <T> CompletableFuture<@Nullable T> getAsync(String key, Class<T> type) {
        return async.<@Nullable T>call(() -> get(key, type));
    }

    /** As {@link #set(String, Object)}, on another thread. */
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value) {
        return async.call(() -> set(key, value));
    }

    /** As {@link #set(String, Object, Duration)}, on another thread. */
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value, Duration ttl) {
        return async.call(() -> set(key, value, ttl));
    }

    /** As {@link #set(String, Object, WriteOptions)}, on another thread. */
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value, WriteOptions options) {
        return async.call(() -> set(key, value, options));
    }

    /** As {@link #delete}, on another thread. */
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return async.call(() -> delete(key));
    }

    /** As {@link #getMany}, on another thread. */
    public <T> CompletableFuture<Map<String, @Nullable T>> getManyAsync(Collection<String> keys, Class<T> type) {
        return async.call(() -> getMany(keys, type));
    }

    /** As {@link #setMany(Map, Duration)}, on another thread. */
    public CompletableFuture<Boolean> setManyAsync(Map<String, ? extends @Nullable Object> values, Duration ttl) {
        return async.call(() -> setMany(values, ttl));
    }

    /** As {@link #increment(String, long)}, on another thread. */
    public CompletableFuture<OptionalLong> incrementAsync(String key, long amount) {
        return async.call(() -> increment(key, amount));
    }

    /** Releases what this cache owns; a service that was handed in stays open. Do not use this cache afterwards. */
    @Override
    public void close() {
        async.close();
        store.close();
    }

    private boolean write(String key, Write write) {
        try {
            WriteOutcome outcome = write.run();
            if (outcome == WriteOutcome.UNAVAILABLE || outcome == WriteOutcome.TOO_LARGE) {
                counters.countError(outcome == WriteOutcome.UNAVAILABLE);
            }
            return outcome.isStored();
        } catch (ValidationException e) {
            counters.countError(false);
            LOG.warn("Entry '{}' was not stored: {}", key, e.getMessage());
            return false;
        }
    }

    private WriteOptions withDefaultTtl(WriteOptions options) {
        return options.ttl() == null && defaultTtl != null ? options.withTtl(defaultTtl) : options;
    }

    private static WriteOptions options(Duration ttl) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("A time to live must not be negative, and this one is " + ttl
                    + ". Give a positive duration, or zero for the default.");
        }
        return ttl.isZero() ? WriteOptions.DEFAULTS : WriteOptions.ttl(ttl);
    }

    /** A write and what became of it. */
    private interface Write {
        WriteOutcome run();
    }
}
