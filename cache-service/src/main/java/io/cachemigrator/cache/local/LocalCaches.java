package io.cachemigrator.cache.local;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The caches of this process that have a name. Thread safe. */
public final class LocalCaches {
    private static final Map<String, WeakReference<LocalCache<?, ?>>> NAMED = new ConcurrentHashMap<>();

    private LocalCaches() {}

    /** Of two with one name the later one is listed. */
    static void add(String name, LocalCache<?, ?> cache) {
        NAMED.put(name, new WeakReference<>(cache));
    }

    /** The counts of the caches that are still in use, by name. */
    public static Map<String, LocalCacheStats> statistics() {
        Map<String, LocalCacheStats> statistics = new TreeMap<>();
        NAMED.forEach((name, reference) -> {
            LocalCache<?, ?> cache = reference.get();
            if (cache == null) {
                NAMED.remove(name, reference);
            } else {
                statistics.put(name, cache.stats());
            }
        });
        return statistics;
    }
}
