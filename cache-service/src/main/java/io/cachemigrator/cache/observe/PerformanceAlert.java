package io.cachemigrator.cache.observe;

import java.util.List;

/**
 * Something beyond its threshold. Immutable.
 *
 * @param severity how bad
 * @param subject {@code memory}, {@code hit_rate}, {@code operation_time}, {@code key_generation} or {@code invalidations}
 * @param message what it is, with the figure and the threshold
 * @param advice what to do
 */
public record PerformanceAlert(Severity severity, String subject, String message, List<String> advice) {
    /** Copies. */
    public PerformanceAlert {
        advice = List.copyOf(advice);
    }

    /** How bad. */
    public enum Severity {
        /** Look at it. */
        WARNING,
        /** Do something. */
        CRITICAL
    }
}
