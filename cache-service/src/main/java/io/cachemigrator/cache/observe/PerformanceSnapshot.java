package io.cachemigrator.cache.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a {@link CachePerformanceMonitor} has seen. Immutable.
 *
 * @param takenAt when
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none
 * @param operations times by kind of operation, of the last hour
 * @param keys times of making keys by operation, of the last hour
 * @param memoryBytes bytes in memory; -1 when not known
 * @param memoryEntries entries in memory; -1 when not known
 * @param memoryPercent bytes over the limit that is worth a warning, in percent; 0 when not known
 * @param invalidationsLastHour invalidations of the last hour
 * @param invalidationsLastDay invalidations of the last 24 hours
 * @param keysInvalidated entries that they removed in the last 24 hours
 * @param topPatterns what was invalidated most in the last 24 hours, and how often; at most ten
 * @param alerts what is beyond its threshold now
 */
public record PerformanceSnapshot(
        Instant takenAt,
        long hits,
        long misses,
        Map<String, Times> operations,
        Map<String, Times> keys,
        long memoryBytes,
        long memoryEntries,
        double memoryPercent,
        int invalidationsLastHour,
        int invalidationsLastDay,
        long keysInvalidated,
        Map<String, Integer> topPatterns,
        List<PerformanceAlert> alerts) {
    /** Copies. */
    public PerformanceSnapshot {
        operations = Map.copyOf(operations);
        keys = Map.copyOf(keys);
        topPatterns = Map.copyOf(topPatterns);
        alerts = List.copyOf(alerts);
    }

    /** Hits over look-ups, 0 to 100; 0 before the first. */
    public double hitRatePercent() {
        return hits + misses == 0 ? 0 : 100.0 * hits / (hits + misses);
    }

    /**
     * Times of one kind of operation.
     *
     * @param count how many
     * @param mean mean
     * @param most longest
     * @param slow how many took longer than the threshold
     */
    public record Times(long count, Duration mean, Duration most, long slow) {}
}
