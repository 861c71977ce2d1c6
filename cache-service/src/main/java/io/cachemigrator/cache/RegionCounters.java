package io.cachemigrator.cache;

import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.memory.MemoryTier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one region. Thread safe. */
final class RegionCounters {
    /** Look-ups answered from memory without further ado; hits of the region and of its memory tier, counted here only. */
    final StripedCount freshHits = new StripedCount();

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
        long fresh = freshHits.sum();
        occupancies.forEach((name, held) -> byTier.put(
                name,
                tier(name)
                        .snapshot(held, name.equals(MemoryTier.NAME) ? fresh : 0, times.getOrDefault(name, Map.of()))));
        return new RegionStatistics(
                region,
                hits.sum() + fresh,
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

        private RegionStatistics.TierStatistics snapshot(
                Occupancy held, long moreHits, Map<String, OperationTimes> times) {
            return new RegionStatistics.TierStatistics(
                    hits.sum() + moreHits,
                    misses.sum(),
                    errors.sum(),
                    held.evictions(),
                    held.entries(),
                    held.bytes(),
                    times);
        }
    }
}
