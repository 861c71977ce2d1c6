package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.error.InfrastructureException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link KeyedCache} for a whole process, opened on first use as the environment says: for code that reaches its cache
 * through a static call. Prefer to hand a cache around. Thread safe.
 */
public final class SharedCache {
    private static final Logger LOG = LoggerFactory.getLogger(SharedCache.class);

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

    /**
     * The process's cache, if its stores answer; opened if need be. One that does not answer now is asked anew by the next
     * call.
     */
    public static Optional<KeyedCache> instance() {
        KeyedCache cache = get();
        try {
            cache.start();
            return Optional.of(cache);
        } catch (InfrastructureException down) {
            LOG.warn("{}", down.getMessage());
            return Optional.empty();
        }
    }

    /** The process's cache, if it is open. */
    public static synchronized Optional<KeyedCache> current() {
        return Optional.ofNullable(instance);
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
