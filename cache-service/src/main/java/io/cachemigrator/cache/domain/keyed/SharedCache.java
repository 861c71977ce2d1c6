package io.cachemigrator.cache.domain.keyed;

import org.jspecify.annotations.Nullable;

/**
 * One {@link KeyedCache} for a whole process, opened on first use as the environment says: for code that reaches its cache
 * through a static call. Prefer to hand a cache around. Thread safe.
 */
public final class SharedCache {
    // Static state is what this class is for: it replaces a legacy process-wide instance without touching constructors.
    private static @Nullable KeyedCache instance;

    private SharedCache() {}

    /** The process's cache, opened if need be. */
    public static synchronized KeyedCache get() {
        KeyedCache current = instance;
        if (current == null) {
            current = KeyedCache.open();
            instance = current;
        }
        return current;
    }

    /** Closes the process's cache, if it is open; the next {@link #get} opens another. */
    public static synchronized void close() {
        KeyedCache current = instance;
        instance = null;
        if (current != null) {
            current.close();
        }
    }
}
