package io.cachemigrator.cache.spring;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/** A region of the service for Spring. Thread safe. */
final class RegionCache<V> implements Cache {
    private final String name;
    private final Region<V> region;
    private final Class<V> type;

    RegionCache(String name, Region<V> region, Class<V> type) {
        this.name = name;
        this.region = region;
        this.type = type;
    }

    /** A loader that threw. */
    private static final class LoaderFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LoaderFailed(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Region<V> getNativeCache() {
        return region;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return wrapped(region.lookup(KeyTexts.id(key)));
    }

    private static @Nullable ValueWrapper wrapped(Lookup<?> lookup) {
        return lookup.isPresent() ? new SimpleValueWrapper(lookup.valueOrNull()) : null;
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> wanted) {
        Object value = region.lookup(KeyTexts.id(key)).valueOrNull();
        if (value != null && wanted != null && !wanted.isInstance(value)) {
            throw new IllegalStateException("The cached value is no " + wanted.getName() + " but a "
                    + value.getClass().getName() + ". Ask for that.");
        }
        @SuppressWarnings("unchecked") // looked at above
        T asked = (T) value;
        return asked;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what is under the key, as Spring has it
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        String id = KeyTexts.id(key);
        try {
            @Nullable V value = region.getOrLoad(id, missing -> loaded(valueLoader));
            if (value == null && !region.lookup(id).isPresent()) {
                // a null is not stored by a load
                region.put(id, null, WriteOptions.ifAbsent());
            }
            return (T) value;
        } catch (LoaderFailed failed) {
            throw new ValueRetrievalException(key, valueLoader, failed.getCause());
        }
    }

    private @Nullable V loaded(Callable<?> valueLoader) {
        Object value;
        try {
            value = valueLoader.call();
        } catch (Exception failed) {
            throw new LoaderFailed(failed);
        }
        return checked(value);
    }

    /** Keeps a value of another class out, which could not be read again. */
    private @Nullable V checked(@Nullable Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("The cache '" + name + "' keeps values of " + type.getName()
                    + ", and this is a " + value.getClass().getName() + ". Give it a cache of its own.");
        }
        return type.cast(value);
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        ValueWrapper found = get(key);
        return found == null ? null : CompletableFuture.completedFuture(found);
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        return CompletableFuture.supplyAsync(
                () -> get(key, () -> valueLoader.get().join()));
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        region.put(KeyTexts.id(key), checked(value));
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        String id = KeyTexts.id(key);
        V kept = checked(value);
        ValueWrapper found = null;
        // what was there may be gone before it is read
        while (found == null && region.put(id, kept, WriteOptions.ifAbsent()) == WriteOutcome.CONDITION_NOT_MET) {
            Lookup<V> lookup = region.lookup(id);
            found = lookup instanceof Lookup.Absent ? null : new SimpleValueWrapper(lookup.valueOrNull());
        }
        return found;
    }

    @Override
    public void evict(Object key) {
        region.delete(KeyTexts.id(key));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        return region.delete(KeyTexts.id(key)).isStored();
    }

    @Override
    public void clear() {
        region.clear();
    }

    @Override
    public boolean invalidate() {
        return region.clear().removed() > 0;
    }
}
