package io.cachemigrator.cache.domain.conversation;

import io.cachemigrator.cache.domain.keyed.KeyedStatistics;
import java.util.List;
import java.util.Map;

/**
 * Statistics of a conversation cache.
 *
 * @param keys counters of the cache underneath
 * @param counts by kind, as {@code conversation_count}: the metrics that the application keeps under {@code stats}, zero
 *     where it keeps none
 * @param cacheKeys names of the kinds
 */
public record ConversationStatistics(KeyedStatistics keys, Map<String, Long> counts, List<String> cacheKeys) {

    /** Copies. */
    public ConversationStatistics {
        counts = Map.copyOf(counts);
        cacheKeys = List.copyOf(cacheKeys);
    }
}
