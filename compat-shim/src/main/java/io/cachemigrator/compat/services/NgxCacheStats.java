package io.cachemigrator.compat.services;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics of an {@link NgxCacheManager}.
 *
 * @param redis statistics of the service underneath
 * @param ngxStats counts by kind, such as {@code conversation_count}
 * @param cacheKeys names of the kinds
 * @deprecated use {@link io.cachemigrator.cache.domain.conversation.ConversationStatistics}; the recipe
 *     {@code io.cachemigrator.recipes.services.MigrateNgxCacheManager} does it
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record NgxCacheStats(RedisStats redis, Map<String, Long> ngxStats, List<String> cacheKeys) {

    /**
     * The fields under their legacy names.
     *
     * @deprecated read the fields of {@link io.cachemigrator.cache.domain.conversation.ConversationStatistics}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>(redis.toMap());
        fields.put("ngx_stats", ngxStats);
        fields.put("cache_keys", cacheKeys);
        return fields;
    }
}
