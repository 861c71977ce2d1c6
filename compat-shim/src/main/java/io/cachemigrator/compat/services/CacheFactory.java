package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.keyed.SharedCache;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The legacy way to make caches, and the one of the process.
 *
 * @deprecated use {@link SharedCache}, or {@link io.cachemigrator.cache.domain.keyed.KeyedCache#open()}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class CacheFactory {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFactory.class);

    private CacheFactory() {}

    /**
     * Makes a cache as the environment says and connects it. {@code REDIS_MOCK_ENABLED=true} gives one in memory.
     *
     * @throws CacheUnavailableException if the server does not answer
     * @deprecated use {@link io.cachemigrator.cache.domain.keyed.KeyedCache#open()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static RedisCacheService create() {
        LegacyUsage.shared().record(CacheFactory.class, "create", "KeyedCache.open()");
        return started(settings(System.getenv()));
    }

    /**
     * Makes a cache and connects it.
     *
     * @throws CacheUnavailableException if the server does not answer, and the settings allow no cache in memory instead
     * @deprecated use {@link io.cachemigrator.cache.domain.keyed.KeyedCache#open(
     *     io.cachemigrator.cache.config.CacheConfig, io.cachemigrator.cache.domain.keyed.KeyRoutes, java.time.Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static RedisCacheService create(LegacyCacheSettings settings) {
        LegacyUsage.shared().record(CacheFactory.class, "create", "KeyedCache.open(...)");
        return started(settings);
    }

    static LegacyCacheSettings settings(Map<String, String> environment) {
        LegacyCacheSettings.Builder settings = LegacyRuntime.settings(null);
        String mock = environment.getOrDefault("REDIS_MOCK_ENABLED", "").strip();
        return (mock.equalsIgnoreCase("true") || mock.equals("1") ? settings.inMemory() : settings).build();
    }

    private static RedisCacheService started(LegacyCacheSettings settings) {
        RedisCacheService service = RedisCacheService.unrecorded(settings);
        try {
            service.runtime().start();
            return service;
        } catch (InfrastructureException down) {
            service.runtime().close();
            if (!settings.fallback()) {
                throw new CacheUnavailableException(String.valueOf(down.getMessage()), down);
            }
            LOG.warn("{} Entries are kept in this process only until it is restarted.", down.getMessage());
            return RedisCacheService.unrecorded(settings.asFallback());
        }
    }

    /**
     * The process's cache, if its server answers. One that does not answer now is asked anew by the next call.
     *
     * @deprecated use {@link SharedCache#instance()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static Optional<RedisCacheService> instance() {
        LegacyUsage.shared().record(CacheFactory.class, "instance", "SharedCache.instance()");
        RedisCacheService service = LegacyCaches.shared();
        try {
            service.runtime().start();
            return Optional.of(service);
        } catch (InfrastructureException down) {
            LOG.warn("{}", down.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The process's cache, if there is one, whether its server answers or not.
     *
     * @deprecated use {@link SharedCache#current()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static Optional<RedisCacheService> current() {
        LegacyUsage.shared().record(CacheFactory.class, "current", "SharedCache.current()");
        return LegacyCaches.current();
    }

    /**
     * Closes the process's cache, if there is one.
     *
     * @deprecated use {@link SharedCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static void close() {
        LegacyUsage.shared().record(CacheFactory.class, "close", "SharedCache.close()");
        LegacyCaches.closeShared();
    }
}
