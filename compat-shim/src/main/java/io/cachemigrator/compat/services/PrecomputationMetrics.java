package io.cachemigrator.compat.services;

import java.time.Duration;

/**
 * What a {@link ResponsePrecomputationService} has measured since it was made.
 *
 * @param lookups look-ups, those that could not be answered included
 * @param questionHits answered by the question itself
 * @param patternHits answered by a pattern
 * @param misses found no answer
 * @param unavailable could not be answered
 * @param refused exchanges that were not kept
 * @param responseTime mean time of a look-up; zero before the first
 * @param totalKeys answers that are kept now; -1 when the store cannot be asked
 * @deprecated use {@link io.cachemigrator.cache.domain.response.ResponseStatistics}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record PrecomputationMetrics(
        long lookups,
        long questionHits,
        long patternHits,
        long misses,
        long unavailable,
        long refused,
        Duration responseTime,
        long totalKeys) {

    /**
     * Hits over answered look-ups, 0 to 1; 0 before the first.
     *
     * @deprecated use {@link io.cachemigrator.cache.domain.response.ResponseStatistics#hitRate()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public double hitRate() {
        long hits = questionHits + patternHits;
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
