package io.cachemigrator.cache.tier.memory;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.invalidation.InvalidationRecord;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TimedWrite;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the memory of this process, bounded by number or by bytes in each region. It is a tier of its own, and the
 * {@link NearCopies} in front of another.
 */
public final class MemoryTier implements Tier {
    /** What this tier is called. */
    public static final String NAME = "memory";

    private static final int MAX_RECORDS = 10_000;

    private final LongSupplier ticker;
    private final Freshness freshness;
    private final StampClock stamps;
    private final InvalidationTable records = new InvalidationTable();
    private final Map<String, MemoryRegion> regions = new ConcurrentHashMap<>();

    /** Over a clock, which a test may move. */
    public MemoryTier(Clock clock) {
        this.ticker = StampClock.ticker(clock);
        this.freshness = new Freshness(clock.equals(Clock.systemUTC()));
        this.stamps = new StampClock(clock);
    }

    /**
     * Copies of a region's entries whose authoritative tier is another.
     *
     * @param millis the clock of that tier's deadlines
     */
    public NearCopies copiesOf(RegionConfig region, LongSupplier millis) {
        return regions.computeIfAbsent(region.name(), name -> open(region, millis));
    }

    /** A region's entries, which this tier is the authority for. */
    public MemoryEntries entriesOf(RegionConfig region) {
        return region(region);
    }

    /**
     * Bounds a region otherwise, if it is open.
     *
     * @param carryOver whether its entries stay
     */
    public void reconfigure(RegionConfig config, boolean carryOver) {
        @Nullable MemoryRegion open = regions.get(config.name());
        if (open != null) {
            open.reconfigure(config, carryOver);
        }
    }

    /** Forgets a region with its entries; it is opened anew when it is asked for. */
    public void drop(String region) {
        @Nullable MemoryRegion gone = regions.remove(region);
        if (gone != null) {
            gone.dropAll();
        }
    }

    private MemoryRegion open(RegionConfig config, LongSupplier millis) {
        return new MemoryRegion(config, ticker, freshness, stamps, millis, records, this::recorded);
    }

    private MemoryRegion region(RegionConfig config) {
        return regions.computeIfAbsent(config.name(), name -> open(config, stamps::millis));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long nowMillis() {
        return stamps.millis();
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) {
        MemoryRegion held = region(region);
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (String id : ids) {
            @Nullable HeldEntry entry = held.find(id);
            if (entry != null) {
                found.put(id, entry.envelope());
            }
        }
        return found;
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition) {
        return region(region).put(entries, condition);
    }

    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) {
        return writes.stream().map(region(region)::apply).toList();
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) {
        return ids.stream().filter(region(region)::delete).count();
    }

    @Override
    public boolean exists(RegionConfig region, String id) {
        return region(region).isLive(id);
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) {
        return region(region).expire(id, ttlMillis);
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) {
        return region(region).increment(id, delta);
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        return new Cleared(region(region).clear(prefix), null);
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags) {
        OptionalLong entries = region != null && region.tagIndex()
                ? OptionalLong.of(region(region).countTagged(tags))
                : OptionalLong.empty();
        long at = stamps.nextMicros();
        String scope = region == null ? InvalidationTable.EVERY_REGION : region.name();
        tags.forEach(tag -> records.recordTag(scope, tag, at));
        recorded();
        return new Invalidated(at, entries);
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) {
        long at = stamps.nextMicros();
        records.recordPrefix(region.name(), prefix, at);
        recorded();
        return new Invalidated(at, OptionalLong.empty());
    }

    /** How many invalidation records are kept. */
    long records() {
        return records.size();
    }

    private void recorded() {
        freshness.end();
        forgetRecordsIfMany();
    }

    /** Removes what the records hit, after which the records serve no purpose; so their number stays bounded. */
    private void forgetRecordsIfMany() {
        if (records.size() > MAX_RECORDS) {
            List<InvalidationRecord> served = records.snapshot();
            regions.values().forEach(MemoryRegion::removeInvalidated);
            records.forget(served);
        }
    }

    @Override
    public Set<String> regions() {
        return Set.copyOf(regions.keySet());
    }

    /** All entries in one page: they are in memory anyway. */
    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) {
        return new TierPage(region(region).all(), null);
    }

    @Override
    public TierReport health() {
        return new TierReport(TierReport.Status.UP, null, Duration.ZERO, Map.of());
    }

    @Override
    public Occupancy occupancy(RegionConfig region) {
        return region(region).occupancy();
    }

    /** From now on no entry is {@linkplain MemoryEntries#fresh fresh}. */
    public void endFreshHits() {
        freshness.close();
    }

    @Override
    public void close() {
        freshness.close();
        regions.clear();
    }
}
