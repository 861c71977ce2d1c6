package io.cachemigrator.cache.local;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A cache as a map. */
final class LocalMapView<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    private final LocalStore<K, V> store;

    LocalMapView(LocalStore<K, V> store) {
        this.store = store;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return key == null ? null : store.peek(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && store.in(key, (segment, now) -> segment.live(key, now) != null);
    }

    @Override
    public @Nullable V put(K key, V value) {
        return store.replace(key, value, false);
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return store.replace(key, value, true);
    }

    @Override
    public @Nullable V remove(@Nullable Object key) {
        return key == null ? null : store.in(key, (segment, now) -> segment.remove(key, now));
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        if (key == null || value == null) {
            return false;
        }
        return store.in(key, (segment, now) -> {
            Node<V> node = segment.live(key, now);
            boolean same = node != null && store.policy().values().same(segment.valueOf(node), value);
            if (same) {
                segment.remove(key, now);
            }
            return same;
        });
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        LocalStore.required(newValue);
        return store.in(LocalStore.required(key), (segment, now) -> {
            Node<V> node = segment.live(key, now);
            boolean same = node != null && store.policy().values().same(segment.valueOf(node), oldValue);
            if (same) {
                segment.put(key, newValue, now, false);
            } else if (node != null) {
                segment.read(key, now); // it was compared, which is a use
            }
            return same;
        });
    }

    @Override
    public @Nullable V replace(K key, V value) {
        LocalStore.required(value);
        return store.in(
                LocalStore.required(key),
                (segment, now) -> segment.live(key, now) == null ? null : segment.put(key, value, now, false));
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, store.size());
    }

    @Override
    public void clear() {
        store.invalidateAll();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return new Entries(store.snapshot().entrySet().iterator());
            }

            @Override
            public int size() {
                return LocalMapView.this.size();
            }
        };
    }

    /** Entries as they were when it was made; what is done with them is done in the cache. */
    private final class Entries implements Iterator<Map.Entry<K, V>> {
        private final Iterator<Map.Entry<K, V>> snapshot;
        private @Nullable K last;

        private Entries(Iterator<Map.Entry<K, V>> snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public boolean hasNext() {
            return snapshot.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
            if (!snapshot.hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<K, V> entry = snapshot.next();
            last = entry.getKey();
            return new SimpleEntry<>(entry) {
                private static final long serialVersionUID = 1L;

                @Override
                public V setValue(V value) {
                    put(getKey(), value);
                    return super.setValue(value);
                }
            };
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("There is no entry to remove. Call next() first.");
            }
            LocalMapView.this.remove(key);
            last = null;
        }
    }
}
