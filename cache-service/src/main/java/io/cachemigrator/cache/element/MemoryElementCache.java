package io.cachemigrator.cache.element;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cache of elements in memory, behind one lock. See {@link ElementCache} for its methods. */
public final class MemoryElementCache implements ElementCache {
    private final ElementCacheConfig config;
    private final Life life = new Life();
    private final ElementStore store;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong absent = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();

    /**
     * With a configuration, of which it keeps a copy.
     *
     * @throws IllegalArgumentException when that has no name
     */
    public MemoryElementCache(ElementCacheConfig config) {
        String name = config.getName();
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("The cache has no name. Give its configuration one.");
        }
        this.config = config.copy(name);
        this.store = new ElementStore(this.config);
    }

    /** With a name, the most elements, whether they never expire, and else their times in seconds. It has no disk. */
    public MemoryElementCache(
            String name, int maxElements, boolean overflowToDisk, boolean eternal, long timeToLive, long timeToIdle) {
        this(new ElementCacheConfig(name, maxElements)
                .eternal(eternal)
                .timeToLiveSeconds(timeToLive)
                .timeToIdleSeconds(timeToIdle));
        if (overflowToDisk) {
            throw new IllegalArgumentException(
                    "The cache '" + name + "' would overflow to disk, which is not supported. Give false.");
        }
    }

    /** Begins its life, once. */
    void begin() {
        life.begin(getName());
    }

    private <T extends @Nullable Object> T alive(Supplier<T> work) {
        return life.alive(getName(), work);
    }

    private void live(Runnable work) {
        alive(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public String getName() {
        return Objects.requireNonNull(config.getName());
    }

    @Override
    public ElementCacheConfig getCacheConfiguration() {
        return config;
    }

    @Override
    public void put(@Nullable CacheElement element) {
        live(() -> {
            if (element != null && element.getObjectKey() != null) {
                prepare(element);
                element.updateUpdateStatistics();
                store.put(element.getObjectKey(), element);
            }
        });
    }

    private void prepare(CacheElement element) {
        element.resetAccessStatistics();
        element.settle(config);
    }

    @Override
    public void putAll(Collection<CacheElement> elements) {
        live(() -> {
            elements.forEach(element -> store.put(key(element), element));
            elements.forEach(this::prepare);
        });
    }

    @Override
    public void putQuiet(@Nullable CacheElement element) {
        live(() -> {
            if (element != null && element.getObjectKey() != null) {
                element.settle(config);
                store.put(element.getObjectKey(), element);
            }
        });
    }

    @Override
    public @Nullable CacheElement putIfAbsent(CacheElement element) {
        Object key = key(element);
        return this.<@Nullable CacheElement>alive(() -> {
            CacheElement there = live(key);
            prepare(element);
            element.updateUpdateStatistics();
            if (there == null) {
                store.put(key, element);
            }
            return there;
        });
    }

    @Override
    public @Nullable CacheElement replace(CacheElement element) {
        Object key = key(element);
        return this.<@Nullable CacheElement>alive(() -> {
            CacheElement there = live(key);
            prepare(element);
            if (there != null) {
                store.put(key, element);
                element.updateUpdateStatistics();
            }
            return there;
        });
    }

    @Override
    public boolean replace(CacheElement old, CacheElement element) {
        Object key = key(element);
        if (!key(old).equals(key)) {
            throw new IllegalArgumentException("The two elements have different keys. Give two with the same.");
        }
        return alive(() -> {
            CacheElement there = live(key);
            boolean same = there != null && haveSameValue(there, old);
            prepare(element);
            if (same) {
                store.put(key, element);
                element.updateUpdateStatistics();
            }
            return same;
        });
    }

    private static Object key(CacheElement element) {
        return Objects.requireNonNull(element.getObjectKey(), "The element has no key. Give it one.");
    }

    private static boolean haveSameValue(CacheElement one, CacheElement other) {
        return Objects.deepEquals(one.getObjectValue(), other.getObjectValue());
    }

    /** The element of a key; one whose time is over goes. */
    private @Nullable CacheElement live(@Nullable Object key) {
        CacheElement there = key == null ? null : store.find(key);
        if (key != null && there != null && there.isExpired(config)) {
            store.remove(key);
            return null;
        }
        return there;
    }

    @Override
    public @Nullable CacheElement get(@Nullable Object key) {
        return this.<@Nullable CacheElement>alive(() -> {
            boolean known = key != null && store.contains(key);
            CacheElement there = live(key);
            if (key == null || there == null) {
                (known ? expired : absent).incrementAndGet();
                return null;
            }
            used(key, there);
            hits.incrementAndGet();
            return there;
        });
    }

    private void used(Object key, CacheElement element) {
        element.updateAccessStatistics();
        store.used(key);
    }

    @Override
    public @Nullable CacheElement getQuiet(Object key) {
        return this.<@Nullable CacheElement>alive(
                () -> live(Objects.requireNonNull(key, "The key to look for is null. Give one.")));
    }

    @Override
    public Map<Object, @Nullable CacheElement> getAll(Collection<?> keys) {
        return this.<Map<Object, @Nullable CacheElement>>alive(() -> {
            Map<Object, @Nullable CacheElement> found = new HashMap<>();
            for (Object key : keys) {
                boolean known = store.contains(key);
                CacheElement there = live(key);
                if (there != null) {
                    used(key, there);
                }
                if (there != null || !known) {
                    found.put(key, there);
                }
            }
            return found;
        });
    }

    @Override
    public List<Object> getKeys() {
        return alive(store::keys);
    }

    @Override
    public List<Object> getKeysWithExpiryCheck() {
        return alive(() -> {
            List<Object> keys = new ArrayList<>(store.keys());
            keys.removeIf(key -> live(key) == null);
            return keys;
        });
    }

    @Override
    public boolean isKeyInCache(@Nullable Object key) {
        return life.locked(() -> key != null && store.contains(key));
    }

    @Override
    public boolean isExpired(CacheElement element) {
        return alive(() -> element.isExpired(config));
    }

    @Override
    public boolean remove(@Nullable Object key) {
        return alive(() -> key != null && store.remove(key));
    }

    @Override
    public boolean removeElement(CacheElement element) {
        Object key = key(element);
        return alive(() -> {
            CacheElement there = live(key);
            return there != null && haveSameValue(there, element) && store.remove(key);
        });
    }

    @Override
    public void removeAll() {
        live(store::clear);
    }

    @Override
    public void flush() {
        live(() -> {
            if (config.isClearOnFlush()) {
                store.clear();
            }
        });
    }

    @Override
    public void evictExpiredElements() {
        live(() -> store.keys().forEach(this::live));
    }

    @Override
    public int getSize() {
        return alive(store::size);
    }

    @Override
    public ElementCacheStatistics getStatistics() {
        return alive(() -> new Counts(this, hits, absent, expired));
    }

    @Override
    public void dispose() {
        life.end(store::clear);
    }
}
