package io.cachemigrator.cache.spring;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** The contract against caches of this process, regions in memory and on Redis, and Spring's own. */
class SpringCachesTest {
    private static Cache texts(CacheManager manager) {
        return Objects.requireNonNull(manager.getCache("texts"));
    }

    @Nested
    class SpringsOwn extends SpringCacheContract {
        @Override
        Cache cache() {
            return texts(new ConcurrentMapCacheManager());
        }
    }

    @Nested
    class InThisProcess extends SpringCacheContract {
        @Override
        Cache cache() {
            return texts(new ConsolidatedCacheManager());
        }
    }

    @Nested
    class InThisProcessByHand extends SpringCacheContract {
        @Override
        Cache cache() {
            return new InMemoryCache("texts");
        }
    }

    @Nested
    class InMemory extends SpringCacheContract {
        private final CacheService service =
                CacheService.open(CacheConfig.builder().build());

        @AfterEach
        void close() {
            service.close();
        }

        @Override
        Cache cache() {
            return texts(new ConsolidatedCacheManager().withRegion("texts", service, "texts", String.class));
        }
    }

    @Nested
    class OnRedis extends SpringCacheContract {
        private final EmbeddedRedis redis = new EmbeddedRedis();
        private final CacheService service =
                CacheService.open(CacheConfig.builder().redisUri(redis.uri()).build());

        @AfterEach
        void close() {
            service.close();
            redis.close();
        }

        @Override
        Cache cache() {
            return texts(new ConsolidatedCacheManager().withRegion("texts", service, "texts", String.class));
        }
    }
}
