package io.cachemigrator.cache.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A cache in segments. */
class LocalStore<K, V> implements LocalCache<K, V> {
    private final LocalPolicy<K, V> policy;
    private final Keys<K> keys;
    private final List<Segment<K, V>> segments = new ArrayList<>();
    private final ConcurrentMap<K, V> view = new LocalMapView<>(this);

    LocalStore(LocalPolicy<K, V> policy) {
        this.policy = policy;
        this.keys = new Keys<>(policy.weakKeys());
        long each = policy.maxWeight() / policy.segments();
        long rest = policy.maxWeight() % policy.segments();
        for (int i = 0; i < policy.segments(); i++) {
            segments.add(new Segment<>(policy, policy.maxWeight() < 0 ? -1 : each + (i < rest ? 1 : 0)));
        }
    }

    final LocalPolicy<K, V> policy() {
        return policy;
    }

    final long now() {
        return policy.ticker().getAsLong();
    }

    final Segment<K, V> segment(Object key) {
        return segments.get(Math.floorMod(keys.hash(key), segments.size()));
    }

    /** Does something in a key's segment. */
    final <R> R in(Object key, BiFunction<Segment<K, V>, Long, R> work) {
        Segment<K, V> segment = segment(key);
        segment.lock();
        try {
            return work.apply(segment, now());
        } finally {
            segment.unlock();
        }
    }

    private void inAll(BiConsumer<Segment<K, V>, Long> work) {
        for (Segment<K, V> segment : segments) {
            segment.lock();
            try {
                work.accept(segment, now());
            } finally {
                segment.unlock();
            }
        }
    }

    /** The value of a key, which counts as an access and not as a look-up. */
    @Nullable
    V peek(Object key) {
        return in(key, (segment, now) -> segment.read(key, now));
    }

    @Override
    public @Nullable V getIfPresent(Object key) {
        V value = peek(required(key));
        if (value == null) {
            policy.counts().miss(1);
        } else {
            policy.counts().hit(1);
        }
        return value;
    }

    @Override
    public V get(K key, Callable<? extends V> loader) throws ExecutionException {
        required(loader);
        V value = peek(required(key));
        if (value != null) {
            policy.counts().hit(1);
            return value;
        }
        return loadOrWait(key, loader);
    }

    /** Loads the value of a key, or waits for who does so already. */
    final V loadOrWait(K key, Callable<? extends V> loader) throws ExecutionException {
        Segment<K, V> segment = segment(key);
        Load<V> load;
        boolean mine;
        segment.lock();
        try {
            V value = segment.read(key, now());
            if (value != null) {
                policy.counts().hit(1);
                return value;
            }
            Load<V> other = segment.loading(key);
            mine = other == null;
            load = other == null ? segment.beginLoad(key) : other;
        } finally {
            segment.unlock();
        }
        if (!mine && load.isMine()) {
            throw new IllegalStateException(
                    "The load of '" + key + "' asks for itself. Load what it needs before, or under another key.");
        }
        try {
            return mine ? load(key, loader, load) : load.await();
        } catch (ExecutionException failed) {
            if (mine) {
                throw failed;
            }
            throw Loads.thrown(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            policy.counts().miss(1);
        }
    }

    private V load(K key, Callable<? extends V> loader, Load<V> load) throws ExecutionException {
        long start = now();
        try {
            V value = loader.call();
            if (value == null) {
                throw new LocalCacheLoader.InvalidCacheLoadException(
                        "The loader gave null for '" + key + "'. Give a value, or throw.");
            }
            policy.counts().loaded(now() - start);
            store(key, value, load);
            load.done(value);
            return value;
        } catch (Exception | Error failure) { // told to whoever waits, and to the caller as his kind of it
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            policy.counts().failed(now() - start);
            abandon(key, load, failure);
            throw Loads.thrown(failure);
        }
    }

    final void store(K key, V value, Load<V> load) {
        Segment<K, V> segment = segment(key);
        segment.lock();
        try {
            segment.loaded(key, value, load, now());
        } finally {
            segment.unlock();
        }
    }

    final void abandon(K key, Load<V> load, Throwable failure) {
        Segment<K, V> segment = segment(key);
        segment.lock();
        try {
            segment.endLoad(key, load);
        } finally {
            segment.unlock();
        }
        load.failed(failure);
    }

    @Override
    public Map<K, V> getAllPresent(Iterable<?> wanted) {
        int hits = 0;
        int misses = 0;
        Map<K, V> found = new LinkedHashMap<>();
        for (Object key : wanted) {
            V value = peek(required(key));
            if (value == null) {
                misses++;
            } else {
                @SuppressWarnings("unchecked") // it equals a key of this cache
                K known = (K) key;
                found.put(known, value);
                hits++;
            }
        }
        policy.counts().hit(hits);
        policy.counts().miss(misses);
        return Collections.unmodifiableMap(found);
    }

    @Override
    public void put(K key, V value) {
        replace(key, value, false);
    }

    /** Stores a value and gives what was there; with {@code ifAbsent} only where there is none. */
    @Nullable
    V replace(K key, V value, boolean ifAbsent) {
        required(value);
        return in(required(key), (segment, now) -> segment.put(key, value, now, ifAbsent));
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        entries.forEach(this::put);
    }

    @Override
    public void invalidate(Object key) {
        in(required(key), (segment, now) -> segment.remove(key, now));
    }

    @Override
    public void invalidateAll(Iterable<?> wanted) {
        wanted.forEach(this::invalidate);
    }

    @Override
    public void invalidateAll() {
        inAll(Segment::clear);
    }

    @Override
    public long size() {
        long[] size = {0};
        inAll((segment, now) -> size[0] += segment.size());
        return size[0];
    }

    @Override
    public LocalCacheStats stats() {
        return policy.counts().snapshot();
    }

    @Override
    public ConcurrentMap<K, V> asMap() {
        return view;
    }

    @Override
    public void cleanUp() {
        inAll(Segment::tidy);
    }

    /** What is live now. */
    Map<K, V> snapshot() {
        Map<K, V> live = new LinkedHashMap<>();
        List<Map.Entry<K, V>> entries = new ArrayList<>();
        inAll((segment, now) -> segment.forEach(now, (key, value) -> entries.add(Map.entry(key, value))));
        entries.forEach(entry -> live.put(entry.getKey(), entry.getValue()));
        return live;
    }

    static <T> T required(@Nullable T given) {
        if (given == null) {
            throw new NullPointerException(
                    "Caches hold no nulls, and a key, value or loader is null. Give another one.");
        }
        return given;
    }
}
