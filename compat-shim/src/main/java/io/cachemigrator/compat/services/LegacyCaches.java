package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.keyed.SharedCache;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The legacy caches of a whole process.
 *
 * @deprecated hand a {@link io.cachemigrator.cache.domain.keyed.KeyedCache} around, or use {@link SharedCache}; the recipe
 *     {@code io.cachemigrator.recipes.services.MigrateRedisCacheService} does the latter
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class LegacyCaches {
    // The legacy contract is a process-wide instance.
    private static @Nullable RedisCacheService instance;

    private LegacyCaches() {}

    /**
     * The process's cache, made if need be as the environment says.
     *
     * @deprecated use {@link SharedCache#get()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static synchronized RedisCacheService redis() {
        LegacyUsage.shared().record(LegacyCaches.class, "redis", "SharedCache.get()");
        return shared();
    }

    /**
     * A stand-in for tests that keeps everything in this process, in namespace {@code ngx_test}, with five minutes as the
     * default time to live. It behaves as the service over a server does, expiry included.
     *
     * @deprecated open a {@link io.cachemigrator.cache.domain.keyed.KeyedCache} over a service without stores
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static RedisCacheService inMemory() {
        LegacyUsage.shared().record(LegacyCaches.class, "inMemory", "KeyedCache.open(...)");
        return RedisCacheService.unrecorded(LegacyCacheSettings.builder(Map.of())
                .inMemory()
                .defaultTtl(Duration.ofMinutes(5))
                .build());
    }

    static synchronized Optional<RedisCacheService> current() {
        return Optional.ofNullable(instance);
    }

    /** The process's cache, without recording a call. */
    static synchronized RedisCacheService shared() {
        RedisCacheService current = instance;
        if (current == null) {
            current = RedisCacheService.unrecorded(LegacyRuntime.settings(null).build());
            instance = current;
        }
        return current;
    }

    /**
     * Closes the process's cache, if there is one; the next {@link #redis} makes another.
     *
     * @deprecated use {@link SharedCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static synchronized void closeRedis() {
        LegacyUsage.shared().record(LegacyCaches.class, "closeRedis", "SharedCache.close()");
        closeShared();
    }

    static synchronized void closeShared() {
        RedisCacheService current = instance;
        instance = null;
        if (current != null) {
            current.runtime().close();
        }
    }
}
