package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries in a SQLite file of a local folder, in write-ahead mode: several processes use it at once, and a killed process
 * loses nothing that was acknowledged. Its size is bounded in bytes.
 */
public final class DiskTier implements Tier {
    private static final Logger LOG = LoggerFactory.getLogger(DiskTier.class);
    private static final int STEP = 1_000;

    private final DiskDatabase database;
    private final StampClock stamps;
    private final DiskEntries entries;
    private final DiskRecency recency = new DiskRecency();
    private final DiskSpace space;
    private final DiskLeases leases;
    private final String folder;

    /** Opens its file on first use. */
    public DiskTier(DiskConfig config, Clock clock) {
        this.folder = config.folder().toString();
        this.database = new DiskDatabase(config.folder());
        this.leases = new DiskLeases(database);
        this.stamps = new StampClock(clock);
        this.entries = new DiskEntries(stamps, new RecordCache());
        this.space = new DiskSpace(config.maxBytes());
    }

    /** Runs a transaction whose stamps exceed all earlier ones. */
    private <T> T change(DiskDatabase.Work<T> work) throws TierUnavailableException {
        return database.write(session -> {
            entries.begin(session);
            T result = work.on(session);
            entries.end(session);
            return result;
        });
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
        Map<String, byte[]> found = database.read(session -> {
            Map<String, byte[]> stored = new LinkedHashMap<>();
            for (String id : ids) {
                byte @Nullable [] envelope = entries.find(session, region.name(), id);
                if (envelope != null) {
                    stored.put(id, envelope);
                }
            }
            entries.hide(session, region.name(), stored);
            return stored;
        });
        found.keySet().forEach(id -> recency.read(region.name(), id, stamps.nextMicros()));
        if (recency.isDue()) {
            writeRecency();
        }
        return found;
    }

    private void writeRecency() throws TierUnavailableException {
        database.write(session -> {
            recency.flush(session);
            return true;
        });
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> writes, PutCondition condition)
            throws TierUnavailableException {
        for (EntryWrite write : writes) {
            if (space.isTooLarge(DiskEntries.bytesOf(DiskEntries.key(write.id()), write.envelope()))) {
                return new PutResult.TooLarge();
            }
        }
        return change(session -> {
            if (!condition.isUnconditional()) {
                for (EntryWrite write : writes) {
                    boolean live = entries.findLive(session, region.name(), write.id()) != null;
                    if (live != (condition == PutCondition.IF_PRESENT)) {
                        return new PutResult.ConditionNotMet();
                    }
                }
            }
            List<byte[]> stored = new ArrayList<>(writes.size());
            for (EntryWrite write : writes) {
                long deadline = EntryWrite.deadline(stamps.millis(), write.ttlMillis());
                byte[] envelope = EnvelopeFormat.stamped(write.envelope(), stamps.nextMicros(), deadline);
                entries.store(session, region, write.id(), envelope);
                stored.add(envelope);
            }
            space.makeRoom(session, recency, stamps.millis());
            return new PutResult.Stored(stored);
        });
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return change(session -> {
            long removed = 0;
            for (String id : ids) {
                if (entries.delete(session, region.name(), id)) {
                    removed++;
                }
            }
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
            byte @Nullable [] live = entries.findLive(session, region.name(), id);
            if (live == null) {
                return false;
            }
            long deadline = EntryWrite.deadline(stamps.millis(), ttlMillis);
            entries.store(session, region, id, StoredEntry.withDeadline(live, deadline));
            return true;
        });
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        return change(session -> {
            byte @Nullable [] live = entries.findLive(session, region.name(), id);
            StoredEntry.Sum sum = StoredEntry.add(live, delta, stamps.nextMicros());
            if (sum.stored() != null) {
                entries.store(session, region, id, sum.stored());
                space.makeRoom(session, recency, stamps.millis());
            }
            return sum.result();
        });
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        long removed = 0;
        try {
            long step;
            do {
                step = change(session -> (long) removeStep(session, region.name(), DiskEntries.key(prefix)));
                removed += step;
            } while (step == STEP);
            return new Cleared(removed, null);
        } catch (TierUnavailableException down) {
            return new Cleared(removed, down.reason());
        }
    }

    private static int removeStep(DiskSession session, String region, byte[] prefix) throws SQLException {
        byte @Nullable [] end = firstAfter(prefix);
        return end == null
                ? session.update(
                        "DELETE FROM entry WHERE row IN (SELECT row FROM entry WHERE region = ? AND id >= ? LIMIT "
                                + STEP + ")",
                        region,
                        prefix)
                : session.update(
                        "DELETE FROM entry WHERE row IN (SELECT row FROM entry WHERE region = ? AND id >= ? AND id < ?"
                                + " LIMIT " + STEP + ")",
                        region,
                        prefix,
                        end);
    }

    /** The first key behind all those that start with a prefix, or null when there is none. */
    private static byte @Nullable [] firstAfter(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] after = Arrays.copyOf(prefix, i + 1);
                after[i]++;
                return after;
            }
        }
        return null;
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags)
            throws TierUnavailableException {
        return change(session -> {
            if (region == null) {
                long at = entries.record(session, InvalidationTable.EVERY_REGION, "tag", tags);
                return new Invalidated(at, OptionalLong.empty());
            }
            OptionalLong hit = region.tagIndex()
                    ? OptionalLong.of(removeTagged(session, region.name(), tags))
                    : OptionalLong.empty();
            return new Invalidated(entries.record(session, region.name(), "tag", tags), hit);
        });
    }

    private long removeTagged(DiskSession session, String region, Collection<String> tags) throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        for (String tag : tags) {
            String sql = "SELECT id FROM tagged WHERE region = ? AND tag = ?";
            try (ResultSet rows =
                    session.bind(sql, region, DiskEntries.key(tag)).executeQuery()) {
                while (rows.next()) {
                    ids.add(DiskEntries.text(rows.getBytes(1)));
                }
            }
        }
        long live = 0;
        for (String id : ids) {
            if (entries.delete(session, region, id)) {
                live++;
            }
        }
        return live;
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException {
        return change(session -> {
            byte[] start = DiskEntries.key(prefix);
            // records of longer prefixes say nothing more once the shorter one is recorded
            session.update(
                    "DELETE FROM record WHERE scope = ? AND kind = 'prefix' AND substr(name, 1, length(?)) = ?",
                    region.name(),
                    start,
                    start);
            long at = entries.record(session, region.name(), "prefix", List.of(prefix));
            return new Invalidated(at, OptionalLong.empty());
        });
    }

    @Override
    public boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        return leases.take(region.name(), id, owner, stamps.millis(), millis);
    }

    @Override
    public void release(RegionConfig region, String id, String owner) throws TierUnavailableException {
        leases.release(region.name(), id, owner);
    }

    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException {
        return database.read(session -> {
            String sql = "SELECT id, envelope FROM entry WHERE region = ? AND id > ? ORDER BY id LIMIT ?";
            Map<String, byte[]> found = new LinkedHashMap<>();
            String last = null;
            byte[] start = DiskEntries.key(from == null ? "" : from);
            try (ResultSet rows =
                    session.bind(sql, region.name(), start, (long) limit).executeQuery()) {
                while (rows.next()) {
                    last = DiskEntries.text(rows.getBytes(1));
                    found.put(last, rows.getBytes(2));
                }
            }
            String next = found.size() < limit ? null : last;
            entries.hide(session, region.name(), found);
            return new TierPage(found, next);
        });
    }

    @Override
    public TierReport health() {
        Map<String, String> details = new HashMap<>();
        details.put("folder", folder);
        details.put("maxBytes", Long.toString(space.maxBytes()));
        try {
            long asked = System.nanoTime();
            long bytes = database.read(session -> session.number("SELECT bytes FROM state", 0));
            Duration latency = Duration.ofNanos(System.nanoTime() - asked);
            details.put("bytes", Long.toString(bytes));
            details.put("damagedFilesPutAside", Long.toString(database.quarantined()));
            return new TierReport(TierReport.Status.UP, null, latency, details);
        } catch (TierUnavailableException down) {
            return new TierReport(TierReport.Status.DOWN, down.reason(), null, details);
        }
    }

    /** Evictions by this process; how much of a region is held, only a scan could tell. */
    @Override
    public Occupancy occupancy(RegionConfig region) {
        return new Occupancy(-1, -1, space.evictions(region.name()));
    }

    @Override
    public void close() {
        try {
            if (!recency.isEmpty()) {
                writeRecency();
            }
        } catch (TierUnavailableException down) {
            LOG.warn("Which entries were read last could not be written: {}", down.reason());
        }
        database.close();
    }
}
