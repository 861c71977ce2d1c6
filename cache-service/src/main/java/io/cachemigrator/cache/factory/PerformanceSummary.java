package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.TextTiers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a cache of answers was asked, in short. Immutable.
 *
 * @param hitRatioPercent hits over look-ups, 0 to 100
 * @param totalOperations look-ups and stores
 * @param cacheHits look-ups that found an answer
 * @param cacheMisses look-ups that found none
 * @param recentAverage mean time of the last ten operations; zero before the first
 * @param operations look-ups and stores by operation
 * @param misses look-ups that found none by operation
 * @param textTiers operations by the size of their text, all sizes named
 * @param recentOperations the last operations, the newest last
 */
public record PerformanceSummary(
        double hitRatioPercent,
        long totalOperations,
        long cacheHits,
        long cacheMisses,
        Duration recentAverage,
        Map<String, Long> operations,
        Map<String, Long> misses,
        Map<TextTiers.Tier, Long> textTiers,
        List<String> recentOperations) {
    /** Copies. */
    public PerformanceSummary {
        operations = Map.copyOf(operations);
        misses = Map.copyOf(misses);
        textTiers = Map.copyOf(textTiers);
        recentOperations = List.copyOf(recentOperations);
    }
}
