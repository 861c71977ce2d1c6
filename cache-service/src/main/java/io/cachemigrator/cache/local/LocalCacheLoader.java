package io.cachemigrator.cache.local;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Loads values of a {@link LoadingLocalCache}.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public abstract class LocalCacheLoader<K, V> {
    /** For subclasses. */
    protected LocalCacheLoader() {}

    /** The value of a key; not null. */
    public abstract V load(K key) throws Exception;

    /**
     * A new value of a key that has one; {@link #load} unless it is overridden.
     *
     * @param oldValue what is there
     */
    public CompletableFuture<V> reload(K key, V oldValue) throws Exception {
        return CompletableFuture.completedFuture(load(key));
    }

    /**
     * The values of several keys.
     *
     * @throws UnsupportedOperationException unless it is overridden, and each key is loaded on its own then
     */
    public Map<K, V> loadAll(Iterable<? extends K> keys) throws Exception {
        throw new UnsupportedLoadingOperationException();
    }

    /** One that asks a function. */
    public static <K, V> LocalCacheLoader<K, V> from(Function<? super K, ? extends V> function) {
        return new LocalCacheLoader<>() {
            @Override
            public V load(K key) {
                return function.apply(key);
            }
        };
    }

    /** One that gives what a supplier does, whatever the key. */
    public static <V> LocalCacheLoader<Object, V> from(Supplier<? extends V> supplier) {
        return new LocalCacheLoader<>() {
            @Override
            public V load(Object key) {
                return supplier.get();
            }
        };
    }

    /** One that reloads by way of an executor. */
    public static <K, V> LocalCacheLoader<K, V> asyncReloading(LocalCacheLoader<K, V> loader, Executor executor) {
        return new LocalCacheLoader<>() {
            @Override
            public V load(K key) throws Exception {
                return loader.load(key);
            }

            @Override
            public CompletableFuture<V> reload(K key, V oldValue) {
                CompletableFuture<V> reloaded = new CompletableFuture<>();
                Callable<V> work = () -> loader.reload(key, oldValue).get();
                executor.execute(() -> Loads.complete(reloaded, work));
                return reloaded;
            }

            @Override
            public Map<K, V> loadAll(Iterable<? extends K> keys) throws Exception {
                return loader.loadAll(keys);
            }
        };
    }

    /** {@link #loadAll} is not overridden. */
    public static final class UnsupportedLoadingOperationException extends UnsupportedOperationException {
        private static final long serialVersionUID = 1L;

        UnsupportedLoadingOperationException() {}
    }

    /** A loader gave null, or not all that it was asked for. */
    public static final class InvalidCacheLoadException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says what was wrong. */
        public InvalidCacheLoadException(String message) {
            super(message);
        }
    }
}
