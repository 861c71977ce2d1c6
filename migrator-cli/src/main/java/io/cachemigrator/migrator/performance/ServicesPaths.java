package io.cachemigrator.migrator.performance;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.compat.services.LegacyCacheSettings;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.migrator.performance.CachePath.Result;
import java.time.Duration;
import java.util.Map;

/** The ways of the {@code services} family: its legacy service, and the keyed cache that takes its place. */
@SuppressWarnings({"removal", "InlineMeInliner"}) // the legacy service is what is measured
final class ServicesPaths {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private ServicesPaths() {}

    /**
     * The legacy service at stage LEGACY.
     *
     * @param own namespace of this measurement's entries
     */
    static CachePath legacy(RedisConfig redis, String own) {
        RedisCacheService application = legacyService(redis, KeyRoutes.SERVICES_NAMESPACE);
        RedisCacheService mine = legacyService(redis, own);
        return new KeyedPath(application.keyed(), mine.keyed());
    }

    private static RedisCacheService legacyService(RedisConfig redis, String namespace) {
        LegacyCacheSettings plain = LegacyCacheSettings.builder(Map.of()).build();
        return new RedisCacheService(new LegacyCacheSettings(
                redis,
                redis,
                namespace,
                plain.decodeResponses(),
                plain.defaultTtl(),
                StageSource.fixed(new Stage.Legacy()),
                plain.staged(),
                plain.failureThreshold(),
                plain.openPeriod(),
                plain.clock()));
    }

    /** The keyed cache, over the application's entries and over this measurement's own. */
    static CachePath service(CacheConfig application, CacheConfig own) {
        return new KeyedPath(
                KeyedCache.open(application, KeyRoutes.services(), LIFE),
                KeyedCache.open(own, KeyRoutes.services(), LIFE));
    }

    /** The same calls, whatever the caches are over. */
    private record KeyedPath(KeyedCache application, KeyedCache own) implements CachePath {
        @Override
        public Result read(String key) {
            return result(application.lookup(key, Object.class));
        }

        @Override
        public Result readOwn(String key) {
            return result(own.lookup(key, Object.class));
        }

        @Override
        public Result write(String key, Object value) {
            return own.set(key, value, LIFE) ? Result.DONE : Result.FAILED;
        }

        @Override
        public void close() {
            application.close();
            own.close();
        }
    }

    private static Result result(Lookup<?> found) {
        if (found instanceof Lookup.Present) {
            return Result.DONE;
        }
        return found instanceof Lookup.Absent ? Result.ABSENT : Result.FAILED;
    }
}
