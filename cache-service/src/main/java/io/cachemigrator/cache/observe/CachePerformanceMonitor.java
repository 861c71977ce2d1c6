package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.RegionStatistics.TierStatistics;
import io.cachemigrator.cache.observe.PerformanceSnapshot.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Watches how a cache performs against thresholds. Whoever works with the cache tells it of every operation; it keeps the times
 * of the last thousand of each kind, of an hour at most, and invalidations of a day. Only look-ups count for the hit rate.
 * Thread safe.
 *
 * <pre>{@code
 * CachePerformanceMonitor monitor = new CachePerformanceMonitor();
 * monitor.setPerformanceThreshold(Duration.ofMillis(100), 0.7, 100_000_000);
 * monitor.attach(service);
 * monitor.recordLookup(took, hit);
 * monitor.evaluate().forEach(alert -> log.warn(alert.message()));
 * }</pre>
 */
public final class CachePerformanceMonitor {
    private static final Duration RETENTION = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Clock clock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final Map<String, RecentTimes> operations = new TreeMap<>();
    private final Map<String, RecentTimes> keys = new TreeMap<>();
    private final InvalidationLog invalidations = new InvalidationLog();
    private volatile PerformanceThresholds thresholds = PerformanceThresholds.DEFAULTS;
    private volatile @Nullable CacheService service;
    private long recordedBytes = -1;
    private long recordedEntries = -1;

    /** With the system's clock. */
    public CachePerformanceMonitor() {
        this(Clock.systemUTC());
    }

    /** With another clock. */
    public CachePerformanceMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Takes memory figures from a service from now on, instead of what is {@linkplain #recordMemory recorded}. */
    public void attach(CacheService watched) {
        this.service = watched;
    }

    /** Changes the thresholds. */
    public void setThresholds(PerformanceThresholds changed) {
        this.thresholds = changed;
    }

    /**
     * Changes the thresholds that are set most.
     *
     * @throws IllegalArgumentException naming every one outside its range
     */
    public void setPerformanceThreshold(Duration maxOperationTime, double minHitRate, long maxMemoryBytes) {
        setThresholds(thresholds.with(maxOperationTime, minHitRate, maxMemoryBytes));
    }

    /** The thresholds now. */
    public PerformanceThresholds thresholds() {
        return thresholds;
    }

    /** An entry was looked up. */
    public void recordLookup(Duration took, boolean hit) {
        (hit ? hits : misses).increment();
        recordOperation("get", took);
    }

    /** An operation other than a look-up was made. */
    public synchronized void recordOperation(String kind, Duration took) {
        operations.computeIfAbsent(kind, name -> new RecentTimes(RETENTION)).add(clock.instant(), took);
    }

    /** A key was made for an operation on a text. */
    public synchronized void recordKeyGeneration(String operation, Duration took) {
        keys.computeIfAbsent(operation, name -> new RecentTimes(RETENTION)).add(clock.instant(), took);
    }

    /** Entries were invalidated. */
    public synchronized void recordInvalidation(String pattern, long removed, Duration took) {
        invalidations.add(clock.instant(), pattern, removed, took);
    }

    /** So much is in memory now; what an {@linkplain #attach attached} service says counts instead. */
    public synchronized void recordMemory(long bytes, long entries) {
        recordedBytes = bytes;
        recordedEntries = entries;
    }

    /** What was seen so far. */
    public PerformanceSnapshot snapshot() {
        return snapshot(memory()); // asks the service, which may take its time, while nobody waits for the lock
    }

    private synchronized PerformanceSnapshot snapshot(long[] memory) {
        PerformanceThresholds limits = thresholds;
        Instant now = clock.instant();
        Map<String, Times> operationTimes = times(operations, now, limits.maxOperationTime());
        Map<String, Times> keyTimes = times(keys, now, limits.slowKey());
        List<InvalidationLog.Event> day = invalidations.since(now.minus(DAY));
        int hour = invalidations.since(now.minus(RETENTION)).size();
        PerformanceSnapshot bare = new PerformanceSnapshot(
                now,
                hits.sum(),
                misses.sum(),
                operationTimes,
                keyTimes,
                memory[0],
                memory[1],
                memory[0] < 0 ? 0 : 100.0 * memory[0] / limits.memoryWarningBytes(),
                hour,
                day.size(),
                day.stream().mapToLong(InvalidationLog.Event::removed).sum(),
                InvalidationLog.top(day),
                List.of());
        return withAlerts(bare, PerformanceAlerts.of(bare, limits));
    }

    private static PerformanceSnapshot withAlerts(PerformanceSnapshot bare, List<PerformanceAlert> alerts) {
        return new PerformanceSnapshot(
                bare.takenAt(),
                bare.hits(),
                bare.misses(),
                bare.operations(),
                bare.keys(),
                bare.memoryBytes(),
                bare.memoryEntries(),
                bare.memoryPercent(),
                bare.invalidationsLastHour(),
                bare.invalidationsLastDay(),
                bare.keysInvalidated(),
                bare.topPatterns(),
                alerts);
    }

    private static Map<String, Times> times(Map<String, RecentTimes> recent, Instant now, Duration limit) {
        Map<String, Times> times = new TreeMap<>();
        recent.forEach((name, each) -> times.put(name, each.times(now, limit)));
        return times;
    }

    private long[] memory() {
        CacheService watched = service;
        if (watched == null) {
            return recorded();
        }
        long bytes = 0;
        long entries = 0;
        boolean known = false;
        for (RegionStatistics region : watched.statistics().regions().values()) {
            @Nullable TierStatistics tier = region.tiers().get("memory");
            if (tier != null && tier.bytes() >= 0) {
                known = true;
                bytes += tier.bytes();
                entries += Math.max(0, tier.entries());
            }
        }
        return known ? new long[] {bytes, entries} : new long[] {-1, -1};
    }

    private synchronized long[] recorded() {
        return new long[] {recordedBytes, recordedEntries};
    }

    /** What is beyond its threshold now, the worst first. */
    public List<PerformanceAlert> evaluate() {
        return snapshot().alerts();
    }

    /** As {@link #snapshot()}, by the name that older monitors had for it. */
    public PerformanceSnapshot getPerformanceSummary() {
        return snapshot();
    }

    /** Advice: that of the thresholds, of invalidations, and of an attached service's {@link EfficiencyReport}. */
    public List<Recommendation> recommendations() {
        List<Recommendation> advice = new ArrayList<>();
        snapshot()
                .alerts()
                .forEach(alert ->
                        alert.advice().forEach(each -> advice.add(new Recommendation("", each, alert.message()))));
        advice.addAll(InvalidationLog.advice(invalidationsOfADay()));
        CacheService watched = service;
        if (watched != null) {
            advice.addAll(EfficiencyReport.of(watched).recommendations());
        }
        return advice;
    }

    private synchronized List<InvalidationLog.Event> invalidationsOfADay() {
        return invalidations.since(clock.instant().minus(DAY));
    }

    /** Operations of the last hour that took at least {@code multiplier} times as long as the mean of the fastest 80 %, by kind. */
    public synchronized Map<String, Integer> slowOperations(double multiplier) {
        Map<String, Integer> slow = new TreeMap<>();
        operations.forEach((name, each) -> slow.put(name, each.outliers(clock.instant(), multiplier)));
        return slow;
    }

    /** Everything as one text. */
    public String exportPerformanceData(ExportFormat format) {
        return PerformanceExport.text(snapshot(), format);
    }

    /**
     * Writes everything to a file, which is replaced in one step.
     *
     * @throws IOException if it cannot be written
     */
    public void export(Path file, ExportFormat format) throws IOException {
        PerformanceExport.write(file, exportPerformanceData(format));
    }

    /** Forgets what was seen; thresholds stay. */
    public synchronized void reset() {
        hits.reset();
        misses.reset();
        operations.clear();
        keys.clear();
        invalidations.clear();
        recordedBytes = -1;
        recordedEntries = -1;
    }
}
