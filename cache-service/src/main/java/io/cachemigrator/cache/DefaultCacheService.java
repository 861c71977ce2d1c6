package io.cachemigrator.cache;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.Map;

/** Opens services. */
final class DefaultCacheService {
    private DefaultCacheService() {}

    @SuppressWarnings("DoNotCallSuggester") // replaced with the tiers
    static CacheService open(CacheConfig config) {
        throw new ConfigurationException(
                CacheErrorCode.NOT_AVAILABLE, "The service is not built yet.", Map.of("prefix", config.keyPrefix()));
    }
}
