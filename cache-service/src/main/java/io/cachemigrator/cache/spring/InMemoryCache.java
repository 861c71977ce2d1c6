package io.cachemigrator.cache.spring;

import io.cachemigrator.cache.local.LoadError;
import io.cachemigrator.cache.local.LocalCache;
import io.cachemigrator.cache.local.LocalCacheBuilder;
import io.cachemigrator.cache.local.UncheckedLoadException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * A cache of this process for Spring: one load of a key runs at a time, and values are kept by reference. Thread safe. A
 * {@link ConsolidatedCacheManager} makes them; make one by hand for a manager that takes caches.
 */
public final class InMemoryCache extends AbstractValueAdaptingCache {
    private final String name;
    private final LocalCache<Object, Object> cache;

    /** A cache without bounds that keeps nulls. */
    public InMemoryCache(String name) {
        this(name, true);
    }

    /** A cache without bounds; with {@code allowNullValues} it keeps nulls, else it refuses them. */
    public InMemoryCache(String name, boolean allowNullValues) {
        this(name, LocalCacheBuilder.newBuilder().build(), allowNullValues);
    }

    /** Over a cache of one's own, such as one that is bounded. */
    public InMemoryCache(String name, LocalCache<Object, Object> cache, boolean allowNullValues) {
        super(allowNullValues);
        this.name = name;
        this.cache = cache;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public LocalCache<Object, Object> getNativeCache() {
        return cache;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        return cache.getIfPresent(key);
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what is under the key, as Spring has it
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        try {
            return (T) fromStoreValue(cache.get(key, () -> stored(valueLoader.call())));
        } catch (ExecutionException | UncheckedLoadException | LoadError failed) {
            throw new ValueRetrievalException(key, valueLoader, failed.getCause());
        }
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        Object value = lookup(key);
        if (value == null) {
            return null;
        }
        return CompletableFuture.completedFuture(isAllowNullValues() ? toValueWrapper(value) : fromStoreValue(value));
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return (T) fromStoreValue(
                        cache.get(key, () -> stored(valueLoader.get().join())));
            } catch (ExecutionException | UncheckedLoadException failed) {
                throw new ValueRetrievalException(key, () -> null, failed.getCause());
            }
        });
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        cache.put(key, stored(value));
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        return toValueWrapper(cache.asMap().putIfAbsent(key, stored(value)));
    }

    /** What is kept for a value. */
    private Object stored(@Nullable Object value) {
        return Objects.requireNonNull(toStoreValue(value));
    }

    @Override
    public void evict(Object key) {
        cache.invalidate(key);
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return cache.asMap().remove(key) != null;
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public boolean invalidate() {
        boolean hadEntries = !cache.asMap().isEmpty();
        cache.invalidateAll();
        return hadEntries;
    }
}
