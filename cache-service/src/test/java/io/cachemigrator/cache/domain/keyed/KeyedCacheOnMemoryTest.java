package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;

class KeyedCacheOnMemoryTest extends KeyedCacheContract {
    @Override
    CacheConfigBuilder config() {
        return CacheConfig.builder();
    }
}
