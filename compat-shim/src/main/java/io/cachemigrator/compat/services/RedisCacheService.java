package io.cachemigrator.compat.services;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The legacy Redis cache: keys in one namespace, values as JSON, over the layout that the stage asks for. Thread safe.
 *
 * @deprecated use {@link KeyedCache}; the recipe {@code io.cachemigrator.recipes.services.MigrateRedisCacheService}
 *     rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public class RedisCacheService implements AutoCloseable {
    private final LegacyRuntime runtime;
    private final KeyedCache cache;

    /**
     * As the environment says, in namespace {@code ngx}, with one hour as the default time to live.
     *
     * @deprecated use {@link KeyedCache#open()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public RedisCacheService() {
        this(LegacyRuntime.settings(null).build());
    }

    /**
     * In namespace {@code ngx}, with one hour as the default time to live.
     *
     * @param url where Redis is; null = as the environment says
     * @deprecated use {@link KeyedCache#open(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public RedisCacheService(@Nullable String url) {
        this(LegacyRuntime.settings(url).build());
    }

    /**
     * With every argument of the legacy constructor.
     *
     * @param url where Redis is; null = as the environment says
     * @param poolSize connections; 0 = as the environment says
     * @param decodeResponses without effect: values are JSON text either way, and others are decode errors
     * @param namespace what keys start with, before a colon
     * @param defaultTtl time to live of entries that bring none; zero = one hour
     * @deprecated use {@link KeyedCache#open(String, int, String, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public RedisCacheService(
            @Nullable String url, int poolSize, boolean decodeResponses, String namespace, Duration defaultTtl) {
        this(LegacyRuntime.settings(url)
                .poolSize(poolSize)
                .decodeResponses(decodeResponses)
                .namespace(namespace)
                .defaultTtl(defaultTtl)
                .build());
    }

    /**
     * With settings that the legacy constructor does not have, such as the stage.
     *
     * @deprecated use {@link KeyedCache#open(io.cachemigrator.cache.config.CacheConfig,
     *     io.cachemigrator.cache.domain.keyed.KeyRoutes, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public RedisCacheService(LegacyCacheSettings settings) {
        this(LegacyRuntime.open(settings));
        record("new", "open");
    }

    private RedisCacheService(LegacyRuntime runtime) {
        this.runtime = runtime;
        this.cache = runtime.cache();
    }

    /** For the process's own instance, whose making is no call of the application. */
    static RedisCacheService unrecorded(LegacyCacheSettings settings) {
        return new RedisCacheService(LegacyRuntime.open(settings));
    }

    /**
     * The cache that this service delegates to: lets callers be rewritten one by one. It is closed with this service.
     *
     * @deprecated open a {@link KeyedCache} instead of this service
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public KeyedCache keyed() {
        return cache;
    }

    /** What a manager on top of this service works with. */
    LegacyRuntime runtime() {
        return runtime;
    }

    /**
     * Connects and asks the server once; optional, a service connects by itself when it is used.
     *
     * @throws io.cachemigrator.cache.error.InfrastructureException if the server does not answer
     * @deprecated use {@link KeyedCache#start()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public void start() {
        record("start", "start");
        runtime.start();
    }

    /**
     * The value under a key; null when there is none, when null was stored, or when it cannot be had.
     *
     * @deprecated use {@link KeyedCache#get(String, Class)}
     */
    @InlineMe(replacement = "this.keyed().get(key, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> @Nullable T get(String key, Class<T> type) {
        record("get", "get");
        return cache.get(key, type);
    }

    /**
     * The value under a key, or the default when there is none or it cannot be had. A stored null gives null.
     *
     * @deprecated use {@link KeyedCache#get(String, Class, Object)}
     */
    @InlineMe(replacement = "this.keyed().get(key, type, defaultValue)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> @Nullable T get(String key, Class<T> type, @Nullable T defaultValue) {
        record("get", "get");
        return cache.get(key, type, defaultValue);
    }

    /**
     * Looks an entry up; tells apart present, absent, unavailable and undecodable.
     *
     * @deprecated use {@link KeyedCache#lookup(String, Class)}
     */
    @InlineMe(replacement = "this.keyed().lookup(key, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        record("lookup", "lookup");
        return cache.lookup(key, type);
    }

    /**
     * Stores a value with the default time to live; true if it was stored.
     *
     * @deprecated use {@link KeyedCache#set(String, Object)}
     */
    @InlineMe(replacement = "this.keyed().set(key, value)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value) {
        record("set", "set");
        return cache.set(key, value);
    }

    /**
     * Stores a value; zero means the default time to live.
     *
     * @deprecated use {@link KeyedCache#set(String, Object, Duration)}
     */
    @InlineMe(replacement = "this.keyed().set(key, value, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value, Duration ttl) {
        record("set", "set");
        return cache.set(key, value, ttl);
    }

    /**
     * Stores a value; false when the condition did not hold or it could not be stored.
     *
     * @deprecated use {@link KeyedCache#set(String, Object, WriteOptions)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value, SetOptions options) {
        record("set", "set");
        return cache.set(key, value, options.toWriteOptions());
    }

    /**
     * Removes an entry; true if there was one.
     *
     * @deprecated use {@link KeyedCache#delete(String)}
     */
    @InlineMe(replacement = "this.keyed().delete(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean delete(String key) {
        record("delete", "delete");
        return cache.delete(key);
    }

    /**
     * Whether an entry exists, a stored null included.
     *
     * @deprecated use {@link KeyedCache#exists(String)}
     */
    @InlineMe(replacement = "this.keyed().exists(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean exists(String key) {
        record("exists", "exists");
        return cache.exists(key);
    }

    /**
     * Gives an entry a new time to live; zero or negative removes it. True if there was one.
     *
     * @deprecated use {@link KeyedCache#expire(String, Duration)}
     */
    @InlineMe(replacement = "this.keyed().expire(key, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean expire(String key, Duration ttl) {
        record("expire", "expire");
        return cache.expire(key, ttl);
    }

    /**
     * The values found under the keys; a stored null is present as null, what cannot be read is left out.
     *
     * @deprecated use {@link KeyedCache#getMany(Collection, Class)}
     */
    @InlineMe(replacement = "this.keyed().getMany(keys, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> Map<String, @Nullable T> getMany(Collection<String> keys, Class<T> type) {
        record("getMany", "getMany");
        return cache.getMany(keys, type);
    }

    /**
     * Stores several values in one transaction with the default time to live.
     *
     * @deprecated use {@link KeyedCache#setMany(Map)}
     */
    @InlineMe(replacement = "this.keyed().setMany(values)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setMany(Map<String, ? extends @Nullable Object> values) {
        record("setMany", "setMany");
        return cache.setMany(values);
    }

    /**
     * Stores several values in one transaction; zero means the default time to live.
     *
     * @deprecated use {@link KeyedCache#setMany(Map, Duration)}
     */
    @InlineMe(replacement = "this.keyed().setMany(values, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setMany(Map<String, ? extends @Nullable Object> values, Duration ttl) {
        record("setMany", "setMany");
        return cache.setMany(values, ttl);
    }

    /**
     * Adds 1 to a counter; as {@link #increment(String, long)}.
     *
     * @deprecated use {@link KeyedCache#increment(String)}
     */
    @InlineMe(replacement = "this.keyed().increment(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong increment(String key) {
        record("increment", "increment");
        return cache.increment(key);
    }

    /**
     * Adds to a counter in one atomic step; empty when it failed.
     *
     * @deprecated use {@link KeyedCache#increment(String, long)}
     */
    @InlineMe(replacement = "this.keyed().increment(key, amount)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong increment(String key, long amount) {
        record("increment", "increment");
        return cache.increment(key, amount);
    }

    /**
     * Subtracts 1 from a counter; as {@link #decrement(String, long)}.
     *
     * @deprecated use {@link KeyedCache#decrement(String)}
     */
    @InlineMe(replacement = "this.keyed().decrement(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong decrement(String key) {
        record("decrement", "decrement");
        return cache.decrement(key);
    }

    /**
     * Subtracts from a counter in one atomic step; empty when it failed.
     *
     * @deprecated use {@link KeyedCache#decrement(String, long)}
     */
    @InlineMe(replacement = "this.keyed().decrement(key, amount)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong decrement(String key, long amount) {
        record("decrement", "decrement");
        return cache.decrement(key, amount);
    }

    /**
     * Removes every entry of this namespace and no other.
     *
     * @deprecated use {@link KeyedCache#clear()}
     */
    @InlineMe(replacement = "this.keyed().clear()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ClearOutcome clearNamespace() {
        record("clearNamespace", "clear");
        return cache.clear();
    }

    /**
     * Counters since this service was made.
     *
     * @deprecated use {@link KeyedCache#statistics()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public RedisStats getStats() {
        record("getStats", "statistics");
        return runtime.stats();
    }

    /**
     * Asks the server how it fares.
     *
     * @deprecated use {@link KeyedCache#health()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HealthReport healthCheck() {
        record("healthCheck", "health");
        return runtime.health();
    }

    /**
     * As {@link #get(String, Class)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#getAsync(String, Class)}
     */
    @InlineMe(replacement = "this.keyed().getAsync(key, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> CompletableFuture<@Nullable T> getAsync(String key, Class<T> type) {
        record("getAsync", "getAsync");
        return cache.getAsync(key, type);
    }

    /**
     * As {@link #set(String, Object)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#setAsync(String, Object)}
     */
    @InlineMe(replacement = "this.keyed().setAsync(key, value)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value) {
        record("setAsync", "setAsync");
        return cache.setAsync(key, value);
    }

    /**
     * As {@link #set(String, Object, Duration)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#setAsync(String, Object, Duration)}
     */
    @InlineMe(replacement = "this.keyed().setAsync(key, value, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value, Duration ttl) {
        record("setAsync", "setAsync");
        return cache.setAsync(key, value, ttl);
    }

    /**
     * As {@link #set(String, Object, SetOptions)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#setAsync(String, Object, WriteOptions)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Boolean> setAsync(String key, @Nullable Object value, SetOptions options) {
        record("setAsync", "setAsync");
        return cache.setAsync(key, value, options.toWriteOptions());
    }

    /**
     * As {@link #delete}, on another thread.
     *
     * @deprecated use {@link KeyedCache#deleteAsync(String)}
     */
    @InlineMe(replacement = "this.keyed().deleteAsync(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Boolean> deleteAsync(String key) {
        record("deleteAsync", "deleteAsync");
        return cache.deleteAsync(key);
    }

    /**
     * As {@link #getMany}, on another thread.
     *
     * @deprecated use {@link KeyedCache#getManyAsync(Collection, Class)}
     */
    @InlineMe(replacement = "this.keyed().getManyAsync(keys, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> CompletableFuture<Map<String, @Nullable T>> getManyAsync(Collection<String> keys, Class<T> type) {
        record("getManyAsync", "getManyAsync");
        return cache.getManyAsync(keys, type);
    }

    /**
     * As {@link #setMany(Map, Duration)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#setManyAsync(Map, Duration)}
     */
    @InlineMe(replacement = "this.keyed().setManyAsync(values, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Boolean> setManyAsync(Map<String, ? extends @Nullable Object> values, Duration ttl) {
        record("setManyAsync", "setManyAsync");
        return cache.setManyAsync(values, ttl);
    }

    /**
     * As {@link #increment(String, long)}, on another thread.
     *
     * @deprecated use {@link KeyedCache#incrementAsync(String, long)}
     */
    @InlineMe(replacement = "this.keyed().incrementAsync(key, amount)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<OptionalLong> incrementAsync(String key, long amount) {
        record("incrementAsync", "incrementAsync");
        return cache.incrementAsync(key, amount);
    }

    /**
     * Closes its connections; what is called afterwards finds nothing.
     *
     * @deprecated use {@link KeyedCache#close()}
     */
    @Override
    @Deprecated(since = "1.0.0", forRemoval = true)
    public void close() {
        record("close", "close");
        runtime.close();
    }

    private static void record(String method, String replacement) {
        LegacyUsage.shared().record(RedisCacheService.class, method, "KeyedCache." + replacement);
    }
}
