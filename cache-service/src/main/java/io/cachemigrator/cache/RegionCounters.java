package io.cachemigrator.cache;

import io.cachemigrator.cache.tier.Occupancy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one region. Thread safe. */
final class RegionCounters {
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder unavailable = new LongAdder();
    final LongAdder undecodable = new LongAdder();
    final LongAdder puts = new LongAdder();
    final LongAdder deletes = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder loadFailures = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    private final Map<String, TierCounters> tiers = new ConcurrentHashMap<>();

    TierCounters tier(String name) {
        return tiers.computeIfAbsent(name, unused -> new TierCounters());
    }

    RegionStatistics snapshot(
            String region, Map<String, Occupancy> occupancies, Map<String, Map<String, OperationTimes>> times) {
        Map<String, RegionStatistics.TierStatistics> byTier = new LinkedHashMap<>();
        occupancies.forEach((name, held) ->
                byTier.put(name, tier(name).snapshot(held, times.getOrDefault(name, Map.of()))));
        return new RegionStatistics(
                region,
                hits.sum(),
                misses.sum(),
                stale.sum(),
                unavailable.sum(),
                undecodable.sum(),
                puts.sum(),
                deletes.sum(),
                loads.sum(),
                loadFailures.sum(),
                Duration.ofNanos(loadNanos.sum()),
                Map.copyOf(byTier));
    }

    /** Counts what happens in one tier of the region. */
    static final class TierCounters {
        final LongAdder hits = new LongAdder();
        final LongAdder misses = new LongAdder();
        final LongAdder errors = new LongAdder();

        private RegionStatistics.TierStatistics snapshot(Occupancy held, Map<String, OperationTimes> times) {
            return new RegionStatistics.TierStatistics(
                    hits.sum(), misses.sum(), errors.sum(), held.evictions(), held.entries(), held.bytes(), times);
        }
    }
}
