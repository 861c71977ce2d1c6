package io.cachemigrator.cache.observe;

import java.time.Duration;

/**
 * A limit that a monitor watches, for each region and tier it applies to. Immutable.
 *
 * @param metric what is watched
 * @param limit milliseconds, share or bytes, as the metric says
 * @param leastSample how many operations the last interval must have seen, so that a few do not raise an alert
 */
public record Threshold(Metric metric, double limit, long leastSample) {

    /** What can be watched. */
    public enum Metric {
        /** The 99th percentile of a tier's operation times since the service was opened, in milliseconds; more is worse. */
        OPERATION_TIME,
        /** Hits over look-ups of the last interval, 0 to 1; less is worse. */
        HIT_RATE,
        /** Bytes that the memory tier holds; more is worse. */
        MEMORY_BYTES,
        /** Operations that no tier could answer over all look-ups of the last interval, 0 to 1; more is worse. */
        UNAVAILABLE_RATE,
        /** Failed loader calls over all loader calls of the last interval, 0 to 1; more is worse. */
        LOAD_FAILURE_RATE
    }

    /** Checks. */
    public Threshold {
        if (Double.isNaN(limit) || limit < 0 || leastSample < 0) {
            throw new IllegalArgumentException("A threshold of " + metric + " is " + limit + " from " + leastSample
                    + " operations on; give zero or more.");
        }
    }

    /** Operations of a tier take at most this long, 99 of 100 of them. */
    public static Threshold operationTime(Duration longest) {
        return new Threshold(Metric.OPERATION_TIME, longest.toNanos() / 1e6, 100);
    }

    /** At least this share of look-ups are hits. */
    public static Threshold hitRate(double least) {
        return new Threshold(Metric.HIT_RATE, least, 100);
    }

    /** The memory tier holds at most this much of a region. */
    public static Threshold memoryBytes(long most) {
        return new Threshold(Metric.MEMORY_BYTES, most, 0);
    }

    /** At most this share of operations cannot be answered. */
    public static Threshold unavailableRate(double most) {
        return new Threshold(Metric.UNAVAILABLE_RATE, most, 1);
    }

    /** At most this share of loader calls fail. */
    public static Threshold loadFailureRate(double most) {
        return new Threshold(Metric.LOAD_FAILURE_RATE, most, 1);
    }

    boolean isExceededBy(double value) {
        return metric == Metric.HIT_RATE ? value < limit : value > limit;
    }
}
