package io.cachemigrator.cache.element;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Elements by key, in the order in which they would leave. Guarded by the lock of its cache. */
final class ElementStore {
    private static final int SAMPLE = 30;

    private final Map<Object, CacheElement> elements = new LinkedHashMap<>();
    private final ElementCacheConfig config;

    ElementStore(ElementCacheConfig config) {
        this.config = config;
    }

    void put(Object key, CacheElement element) {
        elements.remove(key);
        elements.put(key, element);
        long most = config.getMaxEntriesLocalHeap();
        while (most > 0 && elements.size() > most) {
            elements.remove(leaving(key));
        }
    }

    /** Who goes: never the one that came last. */
    private Object leaving(Object newest) {
        Object chosen = newest;
        long fewest = Long.MAX_VALUE;
        int seen = 0;
        Iterator<Map.Entry<Object, CacheElement>> oldest = elements.entrySet().iterator();
        int sample = config.getMemoryStoreEvictionPolicy() == ElementEviction.LFU ? SAMPLE : 1;
        while (oldest.hasNext() && seen < sample) {
            Map.Entry<Object, CacheElement> entry = oldest.next();
            if (entry.getKey().equals(newest)) {
                continue;
            }
            seen++;
            if (entry.getValue().getHitCount() < fewest) {
                fewest = entry.getValue().getHitCount();
                chosen = entry.getKey();
            }
        }
        return chosen;
    }

    void used(Object key) {
        CacheElement element =
                config.getMemoryStoreEvictionPolicy() == ElementEviction.LRU ? elements.remove(key) : null;
        if (element != null) {
            elements.put(key, element);
        }
    }

    @Nullable
    CacheElement find(Object key) {
        return elements.get(key);
    }

    boolean contains(Object key) {
        return elements.containsKey(key);
    }

    boolean remove(Object key) {
        return elements.remove(key) != null;
    }

    List<Object> keys() {
        return new ArrayList<>(elements.keySet());
    }

    int size() {
        return elements.size();
    }

    void clear() {
        elements.clear();
    }
}
