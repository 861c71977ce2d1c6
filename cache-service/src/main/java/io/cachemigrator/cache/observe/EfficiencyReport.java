package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CacheStatistics;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.RegionStatistics.TierStatistics;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the cache is worth, by region, and what would make it worth more. Immutable.
 *
 * @param since since when is counted
 * @param regions a line for each region, by name
 * @param recommendations advice, each with the figures that it rests on
 */
public record EfficiencyReport(Instant since, List<Line> regions, List<Recommendation> recommendations) {
    private static final long ENOUGH = 1_000;

    /** Copies. */
    public EfficiencyReport {
        regions = List.copyOf(regions);
        recommendations = List.copyOf(recommendations);
    }

    /**
     * One region.
     *
     * @param region region's name
     * @param lookups look-ups that were answered
     * @param hitRate 0 to 1
     * @param meanLoad mean time of a loader call; zero when there was none
     * @param saved mean load time for each hit: about what the region has saved its callers; zero when nothing was loaded
     * @param memoryBytes bytes in memory; -1 when not known
     * @param evictions entries dropped to stay within limits, on all tiers
     */
    public record Line(
            String region,
            long lookups,
            double hitRate,
            Duration meanLoad,
            Duration saved,
            long memoryBytes,
            long evictions) {}

    /** The report of a service as of now. */
    public static EfficiencyReport of(CacheService service) {
        CacheStatistics statistics = service.statistics();
        List<Line> lines = new ArrayList<>();
        List<Recommendation> advice = new ArrayList<>();
        statistics.regions().forEach((name, region) -> {
            Line line = line(region);
            lines.add(line);
            advise(line, region, service.config().regionOrDefaults(name), advice);
        });
        return new EfficiencyReport(statistics.since(), lines, advice);
    }

    private static Line line(RegionStatistics region) {
        long loads = region.loads() + region.loadFailures();
        Duration mean = loads == 0 ? Duration.ZERO : region.loadTime().dividedBy(loads);
        TierStatistics memory = region.tiers().get("memory");
        return new Line(
                region.region(),
                region.hits() + region.misses(),
                region.hitRate(),
                mean,
                mean.multipliedBy(region.hits()),
                memory == null ? -1 : memory.bytes(),
                region.tiers().values().stream()
                        .mapToLong(TierStatistics::evictions)
                        .sum());
    }

    private static void advise(Line line, RegionStatistics region, RegionConfig config, List<Recommendation> advice) {
        String name = line.region();
        String rate = percent(line.hitRate()) + " of " + line.lookups() + " look-ups were hits";
        boolean enough = line.lookups() >= ENOUGH;
        TierStatistics memory = region.tiers().get("memory");
        if (enough && memory != null && memory.evictions() > line.lookups() / 20 && line.hitRate() < 0.9) {
            String bound = config.memoryMaxBytes() == null
                    ? "memoryMaxEntries from " + config.memoryMaxEntries()
                    : "memoryMaxBytes from " + config.memoryMaxBytes();
            advice.add(new Recommendation(
                    name,
                    "Raise " + bound + ".",
                    memory.evictions() + " entries were evicted from memory, and " + rate));
        } else if (enough && line.hitRate() < 0.2 && region.puts() + region.loads() > region.hits()) {
            advice.add(new Recommendation(
                    name,
                    "Look at the keys: entries are written and hardly ever asked for again.",
                    rate + ", " + (region.puts() + region.loads()) + " values were stored"));
        } else if (enough && line.hitRate() < 0.5 && config.defaultTtl() != null && line.evictions() == 0) {
            advice.add(new Recommendation(
                    name,
                    "Lengthen the time to live from " + config.defaultTtl() + ", if values may be that old.",
                    rate + ", none was evicted"));
        }
        if (region.unavailable() > 0 && region.unavailable() * 100 > line.lookups()) {
            advice.add(new Recommendation(
                    name,
                    "See to the store, and keep copies in memory (tiers: memory_redis) to serve while it is away.",
                    region.unavailable() + " operations could not be answered"));
        }
        if (region.undecodable() > 0) {
            advice.add(new Recommendation(
                    name,
                    "Find out who writes values that this application cannot read.",
                    region.undecodable() + " look-ups found a value that could not be read"));
        }
        if (region.loadFailures() * 20 > region.loads()
                && config.staleAllowance().isZero()) {
            advice.add(new Recommendation(
                    name,
                    "Set a staleAllowance, so that an old value is served while loads fail.",
                    region.loadFailures() + " of " + (region.loads() + region.loadFailures()) + " loads failed"));
        }
        if (enough
                && line.meanLoad().compareTo(Duration.ofMillis(100)) > 0
                && config.loading().refreshAhead() == 0) {
            advice.add(new Recommendation(
                    name,
                    "Set loading.refreshAhead, so that nobody waits for a value that is about to expire.",
                    "a load takes " + line.meanLoad().toMillis() + " ms on average, "
                            + (region.loads() + region.loadFailures()) + " loads"));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
