package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTopology;
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
import io.cachemigrator.cache.tier.redis.RedisEntries.Kind;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries on Redis, version 6.2 or later, or Valkey: on one server, on a master that Sentinels name, or on a cluster. Every
 * change of an entry is one script there, so that it is atomic.
 *
 * <p>What cannot be written, deleted or invalidated since Redis does not answer is refused to the caller, and held to be made
 * when Redis answers again, as far as nothing newer is there then.
 */
public final class RedisTier implements Tier {
    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final RedisEntries entries;
    private final RedisScan scan;
    private final RedisSweep sweep;
    private final HeldWrites held;
    private final Recovery recovery;
    private final CopyMarks marks;
    private final String writer = UUID.randomUUID().toString();
    private volatile @Nullable ChangeLog log;

    /**
     * Connects on first use.
     *
     * @param keyPrefix what every key starts with
     * @param ticker monotonic nanoseconds, for the circuit breaker
     */
    public RedisTier(RedisConfig config, String keyPrefix, LongSupplier ticker) {
        this.keys = new RedisKeys(keyPrefix);
        this.link = new RedisLink(config, ticker);
        this.time = new RedisTime(keys, link);
        this.marks = new CopyMarks(keys, link, writer);
        ServerCalls calls = new ServerCalls(keys, link, time, writer);
        this.entries = config.topology() == RedisTopology.CLUSTER
                ? new ClusterEntries(keys, link, time, calls)
                : new ServerEntries(keys, link, time, calls);
        this.scan = new RedisScan(link);
        this.sweep = new RedisSweep(keys, link, scan, entries);
        this.held = new HeldWrites(config.outage());
        this.recovery = new Recovery(keys, link, time, entries, held);
    }

    /**
     * Takes over what another tier holds from an outage, and what it will yet hold.
     *
     * @param before reaches the same servers under the same prefix, in another way
     */
    public void takeOver(RedisTier before) {
        before.held.moveTo(held);
        recovery.watch();
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public long nowMillis() {
        return time.millis();
    }

    /** A call to the servers. */
    private interface Call<T> {
        T make() throws TierUnavailableException;
    }

    /**
     * Makes a call, after what is held from an outage was made up for.
     *
     * @param hold what keeps the change when it cannot be made now
     */
    private <T> T call(Call<T> call, @Nullable Runnable hold) throws TierUnavailableException {
        try {
            recovery.beforeCall();
            return call.make();
        } catch (TierUnavailableException down) {
            if (hold != null && RedisLink.mayBeMadeLater(down)) {
                hold.run();
            }
            recovery.watch();
            throw down;
        }
    }

    private <T> T call(RegionConfig region, Call<T> call) throws TierUnavailableException {
        return call(
                () -> {
                    marks.ensure(region);
                    return call.make();
                },
                null);
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        List<String> asked = List.copyOf(ids);
        return call(region, () -> entries.getAll(region, asked));
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> writes, PutCondition condition)
            throws TierUnavailableException {
        if (!condition.isUnconditional()) {
            return call(region, () -> entries.put(region, writes, condition));
        }
        AtomicLong asked = new AtomicLong();
        return call(
                () -> {
                    marks.ensure(region);
                    asked.set(System.nanoTime());
                    return entries.put(region, writes, condition);
                },
                () -> holdWrites(region, writes, asked.get()));
    }

    /**
     * Holds writes.
     *
     * @param asked when they were perhaps sent; 0 = they were not
     */
    private void holdWrites(RegionConfig region, List<EntryWrite> writes, long asked) {
        long now = System.nanoTime();
        List<HeldWrite> more = new ArrayList<>(writes.size());
        for (EntryWrite write : writes) {
            HeldWrite.@Nullable Sent sent = asked == 0 ? null : new HeldWrite.Sent(asked, write.ttlMillis());
            more.add(new HeldWrite(write.id(), write.envelope(), write.ttlMillis(), sent, now));
        }
        held.add(region, more);
    }

    /** Not held when Redis does not answer: the other store still has the state, and who mirrors it asks there again. */
    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException {
        return call(region, () -> entries.apply(region, writes));
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        List<String> asked = List.copyOf(ids);
        return call(() -> entries.delete(region, asked), () -> {
            long now = System.nanoTime();
            held.add(
                    region,
                    asked.stream()
                            .map(id -> new HeldWrite(id, null, EntryWrite.NO_EXPIRY, null, now))
                            .toList());
        });
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        return call(region, () -> entries.exists(region, id));
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        return call(region, () -> entries.expire(region, id, ttlMillis));
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        return call(region, () -> entries.increment(region, id, delta));
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        AtomicLong removed = new AtomicLong();
        try {
            call(
                    () -> {
                        sweep.clear(region, prefix, removed::addAndGet);
                        return removed;
                    },
                    () -> hold(region.name(), Kind.PREFIX, List.of(prefix)));
            return new Cleared(removed.get(), null);
        } catch (TierUnavailableException down) {
            return new Cleared(removed.get(), down.reason());
        }
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags)
            throws TierUnavailableException {
        String scope = region == null ? "" : region.name();
        List<String> names = List.copyOf(tags);
        return call(
                () -> {
                    List<Long> stamps = entries.invalidate(scope, Kind.TAG, names, 0);
                    return region != null && region.tagIndex()
                            ? sweep.removeTagged(region, names, stamps)
                            : new Invalidated(stamps.get(0), OptionalLong.empty());
                },
                () -> hold(scope, Kind.TAG, names));
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException {
        return call(
                () -> new Invalidated(
                        entries.invalidate(region.name(), Kind.PREFIX, List.of(prefix), 0)
                                .get(0),
                        OptionalLong.empty()),
                () -> hold(region.name(), Kind.PREFIX, List.of(prefix)));
    }

    private void hold(String scope, Kind kind, List<String> names) {
        long now = System.nanoTime();
        names.forEach(name -> held.add(new HeldWrites.Target(scope, kind, name), now));
    }

    @Override
    public boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        List<byte[]> name = List.of(keys.lease(region.name(), id));
        List<byte[]> arguments = List.of(bytes(owner), bytes(millis));
        return call(() -> (Long) link.run(RedisScript.LEASE, name, arguments, Repeat.SAFE) == 1, null);
    }

    @Override
    public void release(RegionConfig region, String id, String owner) throws TierUnavailableException {
        List<byte[]> name = List.of(keys.lease(region.name(), id));
        call(() -> link.run(RedisScript.RELEASE, name, List.of(bytes(owner)), Repeat.SAFE), null);
    }

    @Override
    public LoadFence fence(RegionConfig region, String id, long seenMicros) {
        // an estimate that is never ahead of the server: at worst it keeps a load from being stored
        long estimate = time.isKnown() ? time.micros(System.nanoTime()) : LoadFence.UNKNOWN;
        if (seenMicros != LoadFence.UNKNOWN) {
            try {
                return new LoadFence(call(region, () -> entries.fence(region, id)), seenMicros);
            } catch (TierUnavailableException down) {
                return new LoadFence(estimate, seenMicros);
            }
        }
        return new LoadFence(estimate, seenMicros);
    }

    /** What cannot be stored now is not held, but loaded again. */
    @Override
    public PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        return fence.sinceMicros() < 0
                ? new PutResult.ConditionNotMet()
                : call(region, () -> entries.putLoaded(region, entry, condition, fence));
    }

    @Override
    public Set<String> regions() throws TierUnavailableException {
        return scan.regions(keys.prefix());
    }

    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException {
        byte[] start = keys.entry(region.name(), "");
        return call(region, () -> {
            RedisScan.Page page = scan.page(start, from, limit);
            List<String> ids = page.keys().stream()
                    .map(key -> Wire.text(key, start.length))
                    .distinct()
                    .toList();
            return new TierPage(ids.isEmpty() ? Map.of() : entries.getAll(region, ids), page.next());
        });
    }

    /** Follows the log of changes, from its end. */
    @Override
    public synchronized void listen(ChangeListener listener) {
        if (log != null) {
            throw new IllegalStateException("Somebody listens to this tier already. Listen once.");
        }
        log = new ChangeLog(link.config(), keys, writer, marks, listener);
    }

    @Override
    public @Nullable Long heardUntilNanos() {
        ChangeLog followed = log;
        return followed == null ? null : followed.heardUntilNanos();
    }

    @Override
    public TierReport health() {
        return RedisHealth.of(link, held);
    }

    /** Only a scan of the server could tell. */
    @Override
    public Occupancy occupancy(RegionConfig region) {
        return Occupancy.UNKNOWN;
    }

    @Override
    public synchronized void close() {
        ChangeLog followed = log;
        if (followed != null) {
            followed.close();
        }
        recovery.close();
        entries.close();
        link.close();
    }
}
