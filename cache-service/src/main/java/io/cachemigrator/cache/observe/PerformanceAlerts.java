package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.observe.PerformanceAlert.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds what a monitor has seen against thresholds. */
final class PerformanceAlerts {
    private static final long ENOUGH = 10;
    private static final List<String> MEMORY = List.of(
            "Lower l1_cache_size or the memory bounds of regions.",
            "Shorten times to live, so that entries go earlier.",
            "Lower compression_threshold, so that more values are compressed.");
    private static final List<String> INVALIDATIONS = List.of(
            "Invalidate by tags or by operation instead of by pattern.",
            "Gather invalidations, and make them once.",
            "Let entries expire by a shorter time to live instead.");

    private PerformanceAlerts() {}

    static List<PerformanceAlert> of(PerformanceSnapshot seen, PerformanceThresholds limits) {
        List<PerformanceAlert> alerts = new ArrayList<>();
        memory(seen, limits, alerts);
        invalidations(seen, limits, alerts);
        if (seen.hits() + seen.misses() >= ENOUGH && seen.hitRatePercent() < limits.minHitRate() * 100) {
            alerts.add(new PerformanceAlert(
                    Severity.WARNING,
                    "hit_rate",
                    said(
                            "%.1f %% of look-ups are hits; the limit is %.1f %%",
                            seen.hitRatePercent(), limits.minHitRate() * 100),
                    List.of("Lengthen times to live, or look at whether keys differ where answers do not.")));
        }
        slow("operation_time", seen.operations(), limits.maxOperationTime().toMillis(), alerts);
        slow("key_generation", seen.keys(), limits.slowKey().toMillis(), alerts);
        alerts.sort(Comparator.comparing(PerformanceAlert::severity).reversed());
        return alerts;
    }

    private static void memory(PerformanceSnapshot seen, PerformanceThresholds limits, List<PerformanceAlert> alerts) {
        long bytes = seen.memoryBytes();
        if (bytes >= limits.memoryWarningBytes()) {
            boolean critical = bytes >= limits.maxMemoryBytes();
            long limit = critical ? limits.maxMemoryBytes() : limits.memoryWarningBytes();
            alerts.add(new PerformanceAlert(
                    critical ? Severity.CRITICAL : Severity.WARNING,
                    "memory",
                    bytes + " bytes are in memory; the limit is " + limit,
                    MEMORY));
        }
    }

    private static void invalidations(
            PerformanceSnapshot seen, PerformanceThresholds limits, List<PerformanceAlert> alerts) {
        int hour = seen.invalidationsLastHour();
        if (hour >= limits.invalidationWarning()) {
            boolean critical = hour >= limits.invalidationCritical();
            int limit = critical ? limits.invalidationCritical() : limits.invalidationWarning();
            alerts.add(new PerformanceAlert(
                    critical ? Severity.CRITICAL : Severity.WARNING,
                    "invalidations",
                    hour + " invalidations in the last hour; the limit is " + limit,
                    INVALIDATIONS));
        }
    }

    private static void slow(
            String subject, Map<String, PerformanceSnapshot.Times> times, long limit, List<PerformanceAlert> alerts) {
        times.forEach((name, each) -> {
            if (each.count() >= ENOUGH && each.slow() * 20 > each.count()) {
                alerts.add(
                        new PerformanceAlert(
                                Severity.WARNING,
                                subject,
                                each.slow() + " of " + each.count() + " times of '" + name + "' were above " + limit
                                        + " ms",
                                List.of(
                                        "See whether the store is far or busy, and whether memory in front of it would help.")));
            }
        });
    }

    private static String said(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
