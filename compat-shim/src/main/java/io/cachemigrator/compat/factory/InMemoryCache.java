package io.cachemigrator.compat.factory;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.SettingRange;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.cache.factory.CacheListener;
import io.cachemigrator.cache.factory.CacheStats;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The legacy cache of one process: the entry that was used least recently makes room for a new one. Values come back as copies.
 * Stages are no matter to it, as there is nothing to move. Thread safe.
 *
 * @deprecated use {@link CacheFactory#forTesting(java.util.function.Consumer)} or
 *     {@link CacheFactory#forWebApp(java.util.function.Consumer)} with {@code useMemoryCache(true)}; the recipe
 *     {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public final class InMemoryCache extends LegacyCache {
    private static final Duration MOST = Duration.ofSeconds(SettingRange.DEFAULT_TTL.most());

    private final LruStore store;

    /**
     * For an hour and a thousand entries.
     *
     * @deprecated use {@link CacheFactory#forTesting(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public InMemoryCache() {
        this(Duration.ofHours(1), 1_000, Clock.systemUTC());
    }

    /**
     * With a default time and a limit.
     *
     * @param defaultTtl 1 second to 24 hours
     * @param maxSize 1 to 100,000 entries
     * @throws ConfigurationException if one is outside its range
     * @deprecated use {@link CacheFactory#forTesting(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public InMemoryCache(Duration defaultTtl, int maxSize) {
        this(defaultTtl, maxSize, Clock.systemUTC());
    }

    /**
     * With a clock of one's own.
     *
     * @param defaultTtl 1 second to 24 hours
     * @param maxSize 1 to 100,000 entries
     * @throws ConfigurationException if one is outside its range
     * @deprecated use {@link CacheFactory#forTesting(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public InMemoryCache(Duration defaultTtl, int maxSize, Clock clock) {
        this(new LruStore(checked(defaultTtl, maxSize), maxSize, clock), clock);
        record("new", "CacheFactory.forTesting");
    }

    private InMemoryCache(LruStore store, Clock clock) {
        super(
                CacheFactory.over(
                        store, CacheConfig.builder().clock(clock).build(), store, new CachePerformanceMonitor(clock)),
                InMemoryCache.class);
        this.store = store;
    }

    /** One whose making is no call of the application. */
    static InMemoryCache unrecorded(Duration ttl, int size) {
        Clock clock = Clock.systemUTC();
        return new InMemoryCache(new LruStore(ttl, size, clock), clock);
    }

    private static Duration checked(Duration ttl, int size) {
        List<String> faults = new ArrayList<>();
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(1)) > 0) {
            faults.add("defaultTtl is " + ttl + "; allowed: 1 second to 24 hours");
        }
        if (size < 1 || size > 100_000) {
            faults.add("maxSize is " + size + "; allowed: 1 to 100,000");
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    String.join("; ", faults) + ". Correct the values.",
                    Map.of("errors", faults));
        }
        return ttl;
    }

    /**
     * {@inheritDoc} Zero means no expiry here.
     *
     * @deprecated use {@link AppCache#set(String, Object, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        if (!ttl.isZero()) {
            super.set(key, value, ttl);
            return;
        }
        super.set(key, value, MOST);
        store.persist(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getKeys() {
        record("getKeys", "AppCache.getKeys");
        return store.allKeys();
    }

    /**
     * {@inheritDoc} Counts expired entries that nothing has looked at since, as it did.
     *
     * @deprecated use {@link AppCache#size()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public int size() {
        record("size", "AppCache.size");
        return store.allKeys().size();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Object> get(String key) {
        return super.get(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return super.get(key, type);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#lookup(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Lookup<Object> lookup(String key) {
        return super.lookup(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#set(String, Object)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value) {
        super.set(key, value);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#delete(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean delete(String key) {
        return super.delete(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#exists(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean exists(String key) {
        return super.exists(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getTtl(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Duration> getTtl(String key) {
        return super.getTtl(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getActiveKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getActiveKeys() {
        return super.getActiveKeys();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#invalidatePattern(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long invalidatePattern(String pattern, @Nullable String context) {
        return super.invalidatePattern(pattern, context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#clear()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long clear(@Nullable String context) {
        return super.clear(context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#on(CacheEvent, CacheListener)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void on(CacheEvent event, CacheListener listener) {
        super.on(event, listener);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#stats()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public CacheStats stats() {
        return super.stats();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#hitRatioPercent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public double hitRatioPercent() {
        return super.hitRatioPercent();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#connect()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean connect() {
        return super.connect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @InlineMe(replacement = "this.close()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void disconnect() {
        super.disconnect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void close() {
        super.close();
    }
}
