package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.TextTiers;
import java.time.Duration;
import java.util.Map;

/**
 * Operations of a cache of answers by the size of their text. Immutable.
 *
 * @param configuration bounds of the sizes
 * @param distribution operations by size, all sizes named
 * @param hitRatePercent hits over look-ups by size, 0 to 100; sizes without look-ups are left out
 * @param meanTime mean time of an operation by size; sizes without operations are left out
 */
public record TextTierStatistics(
        TextTiers configuration,
        Map<TextTiers.Tier, Long> distribution,
        Map<TextTiers.Tier, Double> hitRatePercent,
        Map<TextTiers.Tier, Duration> meanTime) {
    /** Copies. */
    public TextTierStatistics {
        distribution = Map.copyOf(distribution);
        hitRatePercent = Map.copyOf(hitRatePercent);
        meanTime = Map.copyOf(meanTime);
    }
}
