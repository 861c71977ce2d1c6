package io.cachemigrator.cache.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From where on a {@link CachePerformanceMonitor} raises an alert. Immutable.
 *
 * @param maxOperationTime positive: slower operations are slow
 * @param minHitRate 0 to 1: a lower hit rate is too low
 * @param maxMemoryBytes positive: more is critical; half of it is worth a warning
 * @param slowKey positive: making a key that takes longer is slow
 * @param invalidationWarning positive: so many invalidations in an hour are worth a warning
 * @param invalidationCritical more than {@code invalidationWarning}: so many are critical
 */
public record PerformanceThresholds(
        Duration maxOperationTime,
        double minHitRate,
        long maxMemoryBytes,
        Duration slowKey,
        int invalidationWarning,
        int invalidationCritical) {

    /** 50 ms, 70 %, 100 MiB, 100 ms, 50 and 100 invalidations in an hour. */
    public static final PerformanceThresholds DEFAULTS =
            new PerformanceThresholds(Duration.ofMillis(50), 0.7, 100L << 20, Duration.ofMillis(100), 50, 100);

    /** Checks the ranges. */
    public PerformanceThresholds {
        List<String> faults = new ArrayList<>();
        require(faults, isPositive(maxOperationTime), "maxOperationTime", maxOperationTime, "a positive duration");
        require(faults, minHitRate >= 0 && minHitRate <= 1, "minHitRate", minHitRate, "0 to 1");
        require(faults, maxMemoryBytes > 1, "maxMemoryBytes", maxMemoryBytes, "2 or more");
        require(faults, isPositive(slowKey), "slowKey", slowKey, "a positive duration");
        require(faults, invalidationWarning > 0, "invalidationWarning", invalidationWarning, "1 or more");
        require(
                faults,
                invalidationCritical > invalidationWarning,
                "invalidationCritical",
                invalidationCritical,
                "more than invalidationWarning, which is " + invalidationWarning);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults) + ". Correct the thresholds.");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(List<String> faults, boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            faults.add(name + " is " + value + "; allowed: " + allowed);
        }
    }

    /** A copy with the three limits that are set most. */
    public PerformanceThresholds with(Duration operationTime, double hitRate, long memoryBytes) {
        return new PerformanceThresholds(
                operationTime, hitRate, memoryBytes, slowKey, invalidationWarning, invalidationCritical);
    }

    /** From how many bytes on memory is worth a warning. */
    public long memoryWarningBytes() {
        return maxMemoryBytes / 2;
    }
}
