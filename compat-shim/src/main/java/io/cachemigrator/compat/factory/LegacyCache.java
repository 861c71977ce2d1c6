package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.cache.factory.CacheListener;
import io.cachemigrator.cache.factory.CacheStats;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the legacy caches have in common: calls are recorded and handed to a cache of today over the staged store. */
@SuppressWarnings("removal") // the legacy family is itself
abstract class LegacyCache implements CacheInterface {
    private final AppCache cache;
    private final Class<?> api;
    private volatile boolean closed;

    /** Over a cache, which is closed with this; calls are recorded as those of {@code api}. */
    LegacyCache(AppCache cache, Class<?> api) {
        this.cache = cache;
        this.api = api;
    }

    final void record(String method, String replacement) {
        LegacyUsage.shared().record(api, method, replacement);
    }

    private void same(String method) {
        record(method, "AppCache." + method);
    }

    boolean isClosed() {
        return closed;
    }

    AppCache cache() {
        return cache;
    }

    /** What a pattern is on whole keys. */
    String wholePattern(String pattern) {
        return pattern;
    }

    @Override
    public Optional<Object> get(String key) {
        same("get");
        return cache.get(key);
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        same("get");
        return cache.get(key, type);
    }

    @Override
    public Lookup<Object> lookup(String key) {
        same("lookup");
        return cache.lookup(key);
    }

    @Override
    public void set(String key, @Nullable Object value) {
        same("set");
        cache.set(key, value);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        same("set");
        if (ttl.isZero()) {
            cache.set(key, value);
        } else {
            cache.set(key, value, ttl);
        }
    }

    @Override
    public boolean delete(String key) {
        same("delete");
        return cache.delete(key);
    }

    @Override
    public boolean exists(String key) {
        same("exists");
        return cache.exists(key);
    }

    @Override
    public Optional<Duration> getTtl(String key) {
        same("getTtl");
        return cache.getTtl(key).map(left -> Duration.ofSeconds(left.toSeconds()));
    }

    @Override
    public List<String> getKeys() {
        same("getKeys");
        return cache.getKeys();
    }

    @Override
    public List<String> getActiveKeys() {
        same("getActiveKeys");
        return cache.getActiveKeys();
    }

    @Override
    public int size() {
        same("size");
        return cache.size();
    }

    @Override
    public long invalidatePattern(String pattern, @Nullable String context) {
        same("invalidatePattern");
        if (pattern.isEmpty()) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "The pattern is empty, and would not say which keys are meant. Give a pattern, or call clear() to"
                            + " remove everything.",
                    Map.of("pattern", pattern));
        }
        return cache.invalidatePattern(wholePattern(pattern));
    }

    @Override
    public long clear(@Nullable String context) {
        same("clear");
        return cache.clear();
    }

    @Override
    public void on(CacheEvent event, CacheListener listener) {
        same("on");
        cache.on(event, listener);
    }

    @Override
    public CacheStats stats() {
        same("stats");
        return cache.stats();
    }

    @Override
    public double hitRatioPercent() {
        same("hitRatioPercent");
        return cache.hitRatioPercent();
    }

    @Override
    public boolean connect() {
        same("connect");
        return cache.connect();
    }

    @Override
    public void disconnect() {
        record("disconnect", "AppCache.close");
        closed = true;
        cache.close();
    }

    /** Not recorded: nothing would be called instead. */
    @Override
    public void close() {
        closed = true;
        cache.close();
    }
}
