package io.cachemigrator.cache.factory;

import java.time.Duration;
import java.util.Map;

/**
 * Times of the operations of a cache of answers, of the last thousand each. Immutable.
 *
 * @param operations times by operation
 */
public record OperationPerformance(Map<String, Line> operations) {
    /** Copies. */
    public OperationPerformance {
        operations = Map.copyOf(operations);
    }

    /**
     * Times of one operation.
     *
     * @param total look-ups and stores so far
     * @param samples how many of them the times are of
     * @param average mean
     * @param least shortest
     * @param most longest
     * @param p50 half of them were as short
     * @param p95 95 of 100 were as short
     * @param p99 99 of 100 were as short
     * @param configuredTtl how long answers of this operation are kept
     */
    public record Line(
            long total,
            int samples,
            Duration average,
            Duration least,
            Duration most,
            Duration p50,
            Duration p95,
            Duration p99,
            Duration configuredTtl) {}
}
