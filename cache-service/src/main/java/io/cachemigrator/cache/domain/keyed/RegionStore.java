package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps entries in the regions of a service. */
final class RegionStore implements KeyedStore {
    private final CacheService service;
    private final KeyRoutes routes;
    private final boolean owned;

    /** With {@code owned}, closing this closes the service. */
    RegionStore(CacheService service, KeyRoutes routes, boolean owned) {
        this.service = service;
        this.routes = routes;
        this.owned = owned;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public WriteOutcome delete(String key) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public WriteOutcome exists(String key) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public CounterResult increment(String key, long delta) {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public ClearOutcome clear() {
        throw new UnsupportedOperationException(routes.fallback());
    }

    @Override
    public CacheHealth health() {
        return service.health();
    }

    @Override
    public void close() {
        if (owned) {
            service.close();
        }
    }
}
