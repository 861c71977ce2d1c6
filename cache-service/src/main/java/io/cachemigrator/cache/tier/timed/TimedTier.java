package io.cachemigrator.cache.tier.timed;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.ChangeListener;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Another tier, whose operations are timed by region and kind. */
public final class TimedTier implements Tier {
    /** Region of what concerns all regions. */
    private static final String ALL = "";

    private final Tier tier;
    private final Map<String, Map<String, TimeHistogram>> times = new ConcurrentHashMap<>();

    /** Over a tier, which is closed with this. */
    public TimedTier(Tier tier) {
        this.tier = tier;
    }

    /** The times of a region's operations so far, by kind. */
    public Map<String, TimeHistogram> timesOf(String region) {
        return new TreeMap<>(times.getOrDefault(region, Map.of()));
    }

    private interface Operation<T extends @Nullable Object> {
        T run() throws TierUnavailableException;
    }

    private <T extends @Nullable Object> T timed(String region, String operation, int entries, Operation<T> work)
            throws TierUnavailableException {
        TierOperationEvent event = new TierOperationEvent();
        event.begin();
        long start = System.nanoTime();
        boolean failed = true;
        try {
            T result = work.run();
            failed = false;
            return result;
        } finally {
            histogram(region, operation).record(System.nanoTime() - start);
            event.end();
            if (event.shouldCommit()) {
                event.tier = tier.name();
                event.region = region;
                event.operation = operation;
                event.entries = entries;
                event.failed = failed;
                event.commit();
            }
        }
    }

    private TimeHistogram histogram(String region, String operation) {
        @Nullable Map<String, TimeHistogram> known = times.get(region);
        @Nullable TimeHistogram histogram = known == null ? null : known.get(operation);
        return histogram != null
                ? histogram
                : times.computeIfAbsent(region, name -> new ConcurrentHashMap<>())
                        .computeIfAbsent(operation, name -> new TimeHistogram());
    }

    @Override
    public String name() {
        return tier.name();
    }

    @Override
    public long nowMillis() {
        return tier.nowMillis();
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return timed(region.name(), "get", ids.size(), () -> tier.getAll(region, ids));
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException {
        return timed(region.name(), "put", entries.size(), () -> tier.put(region, entries, condition));
    }

    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException {
        return timed(region.name(), "apply", writes.size(), () -> tier.apply(region, writes));
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return timed(region.name(), "delete", ids.size(), () -> tier.delete(region, ids));
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        return timed(region.name(), "exists", 1, () -> tier.exists(region, id));
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        return timed(region.name(), "expire", 1, () -> tier.expire(region, id, ttlMillis));
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        return timed(region.name(), "increment", 1, () -> tier.increment(region, id, delta));
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        long start = System.nanoTime();
        try {
            return tier.clear(region, prefix);
        } finally {
            histogram(region.name(), "clear").record(System.nanoTime() - start);
        }
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags)
            throws TierUnavailableException {
        return timed(
                region == null ? ALL : region.name(),
                "invalidate",
                tags.size(),
                () -> tier.invalidateTags(region, tags));
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException {
        return timed(region.name(), "invalidate", 1, () -> tier.invalidatePrefix(region, prefix));
    }

    @Override
    public boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        return timed(region.name(), "lease", 1, () -> tier.lease(region, id, owner, millis));
    }

    @Override
    public void release(RegionConfig region, String id, String owner) throws TierUnavailableException {
        timed(region.name(), "lease", 1, () -> {
            tier.release(region, id, owner);
            return true;
        });
    }

    @Override
    public @Nullable LoadFence fence(RegionConfig region, String id, long seenMicros) throws TierUnavailableException {
        return tier.fence(region, id, seenMicros);
    }

    @Override
    public PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        return timed(region.name(), "put", 1, () -> tier.putLoaded(region, entry, condition, fence));
    }

    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException {
        return timed(region.name(), "scan", limit, () -> tier.scan(region, from, limit));
    }

    @Override
    public Set<String> regions() throws TierUnavailableException {
        return tier.regions();
    }

    @Override
    public void listen(ChangeListener listener) {
        tier.listen(listener);
    }

    @Override
    public @Nullable Long heardUntilNanos() {
        return tier.heardUntilNanos();
    }

    @Override
    public TierReport health() {
        return tier.health();
    }

    @Override
    public Occupancy occupancy(RegionConfig region) {
        return tier.occupancy(region);
    }

    @Override
    public void close() {
        tier.close();
    }
}
