package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.TextTiers;
import java.util.List;
import java.util.Map;

/**
 * What a cache of answers is worth, and what would make it worth more. Immutable.
 *
 * @param totalOperations look-ups and stores
 * @param overallHitRatePercent 0 to 100, two decimal places
 * @param hitRatePercentByOperation the same by operation
 * @param textTiers operations by the size of their text, all sizes named
 * @param keysMade ids made so far
 * @param recommendations advice, the most urgent first
 * @param cache counters of the cache underneath
 */
public record AiPerformanceSummary(
        long totalOperations,
        double overallHitRatePercent,
        Map<String, Double> hitRatePercentByOperation,
        Map<TextTiers.Tier, Long> textTiers,
        long keysMade,
        List<Advice> recommendations,
        CacheStats cache) {
    /** Copies. */
    public AiPerformanceSummary {
        hitRatePercentByOperation = Map.copyOf(hitRatePercentByOperation);
        textTiers = Map.copyOf(textTiers);
        recommendations = List.copyOf(recommendations);
    }

    /** How urgent advice is. */
    public enum Priority {
        /** Soon. */
        HIGH,
        /** When there is time. */
        MEDIUM,
        /** Good to know. */
        LOW
    }

    /**
     * Advice.
     *
     * @param priority how urgent it is
     * @param text what to do, with the figure that it rests on
     */
    public record Advice(Priority priority, String text) {}
}
