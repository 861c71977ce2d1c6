package io.cachemigrator.cache.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cache in segments that loads. */
final class LoadingLocalStore<K, V> extends LocalStore<K, V> implements LoadingLocalCache<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadingLocalStore.class);

    private final LocalCacheLoader<? super K, V> loader;

    LoadingLocalStore(LocalPolicy<K, V> policy, LocalCacheLoader<? super K, V> loader) {
        super(policy);
        this.loader = loader;
    }

    /** Reads, and sees to it that what is stale is loaded anew. */
    @Override
    @Nullable
    V peek(Object key) {
        if (policy().refreshAfterWrite() <= 0) {
            return super.peek(key);
        }
        boolean[] stale = {false};
        V value = in(key, (segment, now) -> {
            Node<V> node = segment.live(key, now);
            stale[0] = node != null && policy().isStale(node, now) && segment.loading(key) == null;
            return segment.read(key, now);
        });
        if (value == null || !stale[0]) {
            return value;
        }
        @SuppressWarnings("unchecked") // it equals a key of this cache
        K known = (K) key;
        V fresh = refreshed(known, true);
        return fresh == null ? value : fresh;
    }

    @Override
    public V get(K key) throws ExecutionException {
        return get(key, () -> loader.load(key));
    }

    @Override
    public V getUnchecked(K key) {
        try {
            return get(key);
        } catch (ExecutionException e) {
            throw new UncheckedLoadException(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public V apply(K key) {
        return getUnchecked(key);
    }

    @Override
    public Map<K, V> getAll(Iterable<? extends K> wanted) throws ExecutionException {
        Map<K, @Nullable V> found = new LinkedHashMap<>();
        Set<K> missing = new LinkedHashSet<>();
        int hits = 0;
        for (K key : wanted) {
            if (!found.containsKey(required(key))) {
                V value = peek(key);
                found.put(key, value);
                hits += value == null ? 0 : 1;
                if (value == null) {
                    missing.add(key);
                }
            }
        }
        int misses = missing.size();
        try {
            if (!missing.isEmpty()) {
                misses = load(missing, found);
            }
            Map<K, V> all = new LinkedHashMap<>();
            found.forEach((key, value) -> all.put(key, required(value)));
            return Collections.unmodifiableMap(all);
        } finally {
            policy().counts().hit(hits);
            policy().counts().miss(misses);
        }
    }

    /** Loads what is missing, and gives how many misses are to be counted. */
    private int load(Set<K> missing, Map<K, @Nullable V> found) throws ExecutionException {
        try {
            Map<?, V> loaded = loadAll(Collections.unmodifiableSet(missing));
            for (K key : missing) {
                V value = loaded.get(key);
                if (value == null) {
                    throw new LocalCacheLoader.InvalidCacheLoadException(
                            "loadAll gave no value for '" + key + "'. Give one for each key.");
                }
                found.put(key, value);
            }
            return missing.size();
        } catch (LocalCacheLoader.UnsupportedLoadingOperationException one) {
            for (K key : missing) {
                found.put(key, get(key)); // which counts the miss
            }
            return 0;
        }
    }

    @SuppressWarnings("unchecked") // a loader of wider keys takes these, and gives them back
    private Map<?, V> loadAll(Set<K> missing) throws ExecutionException {
        long start = now();
        boolean done = false;
        try {
            Map<K, V> loaded = ((LocalCacheLoader<K, V>) loader).loadAll(missing);
            done = storeAll(loaded);
            policy().counts().loaded(now() - start);
            return loaded;
        } catch (LocalCacheLoader.UnsupportedLoadingOperationException unsupported) {
            done = true;
            throw unsupported;
        } catch (Exception | Error failure) { // the caller gets his kind of it
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw Loads.thrown(failure);
        } finally {
            if (!done) {
                policy().counts().failed(now() - start);
            }
        }
    }

    private boolean storeAll(@Nullable Map<K, V> loaded) {
        if (loaded == null) {
            throw new LocalCacheLoader.InvalidCacheLoadException("loadAll gave null. Give a map.");
        }
        boolean[] nulls = {false};
        loaded.forEach((key, value) -> {
            if (key == null || value == null) {
                nulls[0] = true;
            } else {
                put(key, value);
            }
        });
        if (nulls[0]) {
            throw new LocalCacheLoader.InvalidCacheLoadException("loadAll gave null keys or values. Leave them out.");
        }
        return true;
    }

    @Override
    public void refresh(K key) {
        refreshed(required(key), false);
    }

    /** Loads anew unless somebody does so already; gives the value if it is there at once. */
    private @Nullable V refreshed(K key, boolean staleOnly) {
        Segment<K, V> segment = segment(key);
        Load<V> load;
        V old;
        segment.lock();
        try {
            Node<V> node = segment.live(key, now());
            if (segment.loading(key) != null || (staleOnly && (node == null || !policy().isStale(node, now())))) {
                return null;
            }
            old = node == null ? null : segment.valueOf(node);
            load = segment.beginLoad(key);
        } finally {
            segment.unlock();
        }
        long start = now();
        CompletableFuture<V> loading = reload(key, old);
        CompletableFuture<V> stored =
                loading.whenComplete((value, failure) -> finish(key, load, value, failure, start));
        return stored.isDone() && !stored.isCompletedExceptionally() ? stored.join() : null;
    }

    @SuppressWarnings("unchecked") // a loader of wider keys takes this one
    private CompletableFuture<V> reload(K key, @Nullable V old) {
        CompletableFuture<V> failed = new CompletableFuture<>();
        try {
            CompletableFuture<V> loading = old == null
                    ? CompletableFuture.completedFuture(loader.load(key))
                    : ((LocalCacheLoader<K, V>) loader).reload(key, old);
            if (loading != null) {
                return loading.thenApply(value -> {
                    if (value == null) {
                        throw new LocalCacheLoader.InvalidCacheLoadException(
                                "The loader gave null for '" + key + "'. Give a value, or throw.");
                    }
                    return value;
                });
            }
            failed.completeExceptionally(new LocalCacheLoader.InvalidCacheLoadException("reload gave no future."));
        } catch (Exception | Error failure) { // a refresh fails without a caller to tell
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed.completeExceptionally(failure);
        }
        return failed;
    }

    private void finish(K key, Load<V> load, @Nullable V value, @Nullable Throwable failure, long start) {
        if (value != null) {
            policy().counts().loaded(now() - start);
            store(key, value, load);
            load.done(value);
            return;
        }
        Throwable told = failure == null ? new IllegalStateException("no value") : failure;
        policy().counts().failed(now() - start);
        abandon(key, load, told);
        LOG.warn("Loading the value of a key anew failed; the old one stays.", told);
    }
}
