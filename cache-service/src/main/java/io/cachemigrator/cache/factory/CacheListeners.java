package io.cachemigrator.cache.factory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one cache, called in the order in which they came. Thread safe. */
public final class CacheListeners {
    private static final Logger LOG = LoggerFactory.getLogger(CacheListeners.class);

    private final Map<CacheEvent, List<CacheListener>> listeners = new EnumMap<>(CacheEvent.class);

    /** Without listeners. */
    public CacheListeners() {
        for (CacheEvent event : CacheEvent.values()) {
            listeners.put(event, new CopyOnWriteArrayList<>());
        }
    }

    /** Adds a listener for one kind of event. */
    public void add(CacheEvent event, CacheListener listener) {
        of(event).add(listener);
    }

    /** Tells those who listen to it. */
    public void tell(CacheEvent event, String key, @Nullable Object value) {
        for (CacheListener listener : of(event)) {
            try {
                listener.heard(event, key, value);
            } catch (RuntimeException failure) {
                LOG.warn("A listener to {} failed; the cache goes on", event, failure);
            }
        }
    }

    private List<CacheListener> of(CacheEvent event) {
        return listeners.getOrDefault(event, List.of());
    }
}
