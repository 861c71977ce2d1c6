package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.config.CacheConfig;

class KeyedCacheOnMemoryTest extends KeyedCacheContract {
    @Override
    CacheConfig.Builder config() {
        return CacheConfig.builder();
    }
}
