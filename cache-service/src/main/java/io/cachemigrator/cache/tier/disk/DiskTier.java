package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.ChangeListener;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a SQLite file of a local folder, in write-ahead mode: several processes use it at once, and a killed process
 * loses nothing that was acknowledged. Its size is bounded in bytes, and that of each region can be.
 */
public final class DiskTier implements Tier {
    private final DiskDatabase database;
    private final StampClock stamps;
    private final DiskEntries entries;
    private final DiskReads reads;
    private final DiskPuts puts;
    private final DiskInvalidation invalidation;
    private final DiskSpace space;
    private final DiskLeases leases;
    private final DiskChanges changes;
    private final DiskFences fences;
    private final DiskUpkeep upkeep;
    private final String folder;

    /** Opens its file on first use. */
    public DiskTier(DiskConfig config, Clock clock) {
        this(DiskFolder.of(config.folder()), config, new DiskRecency(true), clock);
    }

    DiskTier(DiskFolder folder, DiskConfig config, DiskRecency recency, Clock clock) {
        this.folder = folder.path().toString();
        this.stamps = new StampClock(clock);
        this.database = new DiskDatabase(folder, new Frame(), config.busyTimeout());
        this.leases = new DiskLeases(database);
        this.changes = new DiskChanges(database, stamps);
        this.space = new DiskSpace(config.maxBytes(), recency);
        DiskValues values = new DiskValues(folder.path());
        this.entries = new DiskEntries(stamps, new RecordCache(), values);
        this.fences = new DiskFences(entries, stamps);
        this.invalidation = new DiskInvalidation(stamps, entries, changes, fences);
        this.upkeep = new DiskUpkeep(database, values, recency, changes, space, stamps, clock);
        this.reads = new DiskReads(entries, values, recency, upkeep, stamps);
        this.puts = new DiskPuts(database, entries, values, space, changes, fences, stamps);
    }

    /** Every transaction's stamps exceed all earlier ones, and it leaves the tier within its limit. */
    private final class Frame implements DiskCommits.Frame {
        @Override
        public void begin(DiskSession session) throws SQLException {
            stamps.advanceTo(session.number("SELECT stamp FROM region WHERE number = 0", 0));
            changes.begin(session);
        }

        @Override
        public void end(DiskSession session) throws SQLException {
            session.update("UPDATE region SET stamp = max(stamp, ?) WHERE number = 0", stamps.nextMicros());
            space.keepWithin(session, stamps.millis());
            upkeep.end(session);
        }
    }

    private <T> T change(DiskDatabase.Work<T> work) throws TierUnavailableException {
        T result = database.write(work);
        upkeep.collect();
        return result;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public long nowMillis() {
        return stamps.millis();
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return database.read(session -> reads.all(session, region.name(), ids));
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> writes, PutCondition condition)
            throws TierUnavailableException {
        PutResult result = puts.put(region, writes, condition, null);
        upkeep.collect();
        return result;
    }

    @Override
    public LoadFence fence(RegionConfig region, String id, long seenMicros) throws TierUnavailableException {
        return new LoadFence(database.read(DiskFences::now), seenMicros);
    }

    @Override
    public PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        if (fence.sinceMicros() == LoadFence.UNKNOWN) {
            return new PutResult.ConditionNotMet();
        }
        PutResult result = puts.put(region, List.of(entry), condition, fence);
        upkeep.collect();
        return result;
    }

    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException {
        List<Boolean> made = puts.apply(region, writes);
        upkeep.collect();
        return made;
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return change(session -> {
            long removed = 0;
            for (String id : ids) {
                if (entries.delete(session, region.name(), id)) {
                    removed++;
                }
                fences.deleted(session, region.name(), id);
            }
            changes.log(session, DiskChange.ENTRY, region.name(), ids, 0);
            return removed;
        });
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        return database.read(session -> entries.findLive(session, region.name(), id) != null);
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        return change(session -> {
            @Nullable DiskRow live = entries.findLive(session, region.name(), id);
            if (live == null) {
                return false;
            }
            long deadline = EntryWrite.deadline(stamps.millis(), ttlMillis);
            entries.replaceHead(session, region, live, StoredEntry.withDeadline(live.envelope(), deadline));
            changes.log(session, DiskChange.ENTRY, region.name(), List.of(id), 0);
            return true;
        });
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        return change(session -> {
            @Nullable DiskRow live = entries.findLive(session, region.name(), id);
            // without its payload, a large value is not a counter
            StoredEntry.Sum sum = StoredEntry.add(live == null ? null : live.envelope(), delta, stamps.nextMicros());
            if (sum.stored() != null) {
                EntryWrite write = new EntryWrite(id, sum.stored(), EntryWrite.NO_EXPIRY);
                entries.store(session, region, DiskWrite.of(write), sum.stored());
                space.keepWithin(session, region);
                changes.log(session, DiskChange.ENTRY, region.name(), List.of(id), 0);
            }
            return sum.result();
        });
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        long removed = 0;
        try {
            int step;
            do {
                byte[] start = DiskEntries.key(prefix);
                step = change(session -> invalidation.removeSome(session, region.name(), start));
                removed += step;
            } while (step == DiskInvalidation.STEP);
            return new Cleared(removed, null);
        } catch (TierUnavailableException down) {
            return new Cleared(removed, down.reason());
        }
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags)
            throws TierUnavailableException {
        return change(session -> invalidation.tags(session, region, tags));
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException {
        return change(session -> invalidation.prefix(session, region.name(), prefix));
    }

    @Override
    public boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        return leases.take(region.name(), id, owner, stamps::millis, millis);
    }

    @Override
    public void release(RegionConfig region, String id, String owner) throws TierUnavailableException {
        leases.release(region.name(), id, owner);
    }

    @Override
    public Set<String> regions() throws TierUnavailableException {
        return database.read(session -> {
            Set<String> names = new LinkedHashSet<>();
            try (ResultSet rows = session.bind("SELECT name FROM region WHERE entries > 0 AND number > 0")
                    .executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
    }

    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException {
        return database.read(session -> reads.page(session, region, from, limit, Long.MAX_VALUE));
    }

    /**
     * As {@link #getAll} and {@link #scan}, but in bounded memory: of envelopes whose payload is in a file, and has more than so many
     * bytes alone or with the others, there is only what precedes the payload.
     */
    public Map<String, byte[]> getHeads(RegionConfig region, Collection<String> ids, long most)
            throws TierUnavailableException {
        return database.read(session -> reads.all(session, region.name(), ids, most));
    }

    /** A page of entries, the large ones without their payloads. */
    public TierPage scanHeads(RegionConfig region, @Nullable String from, int limit, long most)
            throws TierUnavailableException {
        return database.read(session -> reads.page(session, region, from, limit, most));
    }

    /** The payload of an entry of which {@link #getHeads} gave what precedes it; empty when it is not there any more. */
    public Optional<InputStream> openPayload(RegionConfig region, String id) throws TierUnavailableException {
        return database.read(session -> reads.open(session, region.name(), id));
    }

    /**
     * Takes an entry as {@link #apply} does, whose payload comes in pieces.
     *
     * @return whether it was stored; null where it was not to be after all
     */
    public @Nullable Boolean applyLarge(RegionConfig region, String id, LargeWrite write)
            throws TierUnavailableException {
        Boolean made = puts.applyLarge(region, id, write);
        upkeep.collect();
        return made;
    }

    @Override
    public void listen(ChangeListener listener) {
        changes.listen(listener);
    }

    @Override
    public @Nullable Long heardUntilNanos() {
        return changes.heardUntil();
    }

    @Override
    public TierReport health() {
        Map<String, String> details = new HashMap<>();
        details.put("folder", folder);
        details.put("maxBytes", Long.toString(space.maxBytes()));
        try {
            long asked = System.nanoTime();
            long[] held = database.read(session -> held(session, DiskSchema.EVERY_REGION));
            Duration latency = Duration.ofNanos(System.nanoTime() - asked);
            details.put("entries", Long.toString(held[0]));
            details.put("bytes", Long.toString(held[1]));
            details.put("damagedFilesPutAside", Long.toString(database.quarantined()));
            return new TierReport(TierReport.Status.UP, null, latency, details);
        } catch (TierUnavailableException down) {
            return new TierReport(TierReport.Status.DOWN, down.reason(), null, details);
        }
    }

    private static long[] held(DiskSession session, int region) throws SQLException {
        String sql = "SELECT entries, bytes FROM region WHERE number = ?";
        try (ResultSet rows = session.bind(sql, region).executeQuery()) {
            return rows.next() ? new long[] {rows.getLong(1), rows.getLong(2)} : new long[2];
        }
    }

    /** Entries and bytes as all processes have left them; evictions by this process. */
    @Override
    public Occupancy occupancy(RegionConfig region) {
        long evictions = space.evictions(region.name());
        try {
            return database.read(session -> {
                @Nullable Integer number = session.region(region.name());
                long[] held = number == null ? new long[2] : held(session, number);
                return new Occupancy(held[0], held[1], evictions);
            });
        } catch (TierUnavailableException down) {
            return new Occupancy(-1, -1, evictions);
        }
    }

    @Override
    public void close() {
        upkeep.close();
        database.close();
    }
}
