package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.CacheConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The caches of a process that are made once for each configuration. Thread safe. */
final class SharedCaches {
    private final Map<CacheConfig, AppCache> open = new HashMap<>();

    /** The open one of a configuration, or a new one. */
    synchronized AppCache get(CacheConfig config, Supplier<AppCache> making) {
        open.values().removeIf(SharedCaches::isClosed);
        AppCache found = open.get(config);
        if (found == null) {
            found = making.get();
            open.put(config, found);
        }
        return found;
    }

    private static boolean isClosed(AppCache cache) {
        return cache instanceof StoreAiCache answers
                ? answers.isClosed()
                : cache instanceof StoreCache plain && plain.isClosed();
    }
}
