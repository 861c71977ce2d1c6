package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores entries: large payloads first, in files that no entry names yet, then all of them in one transaction. */
final class DiskPuts {
    private static final Logger LOG = LoggerFactory.getLogger(DiskPuts.class);
    private static final Duration MARKED = Duration.ofSeconds(10);

    private final DiskDatabase database;
    private final DiskEntries entries;
    private final DiskValues values;
    private final DiskSpace space;
    private final DiskChanges changes;
    private final DiskFences fences;
    private final StampClock stamps;

    DiskPuts(
            DiskDatabase database,
            DiskEntries entries,
            DiskValues values,
            DiskSpace space,
            DiskChanges changes,
            DiskFences fences,
            StampClock stamps) {
        this.database = database;
        this.entries = entries;
        this.values = values;
        this.space = space;
        this.changes = changes;
        this.fences = fences;
        this.stamps = stamps;
    }

    /**
     * Stores entries.
     *
     * @param fence of a load, which gave the only entry; null = they are no load's
     */
    PutResult put(RegionConfig region, List<EntryWrite> asked, PutCondition condition, @Nullable LoadFence fence)
            throws TierUnavailableException {
        List<DiskWrite> writes = new ArrayList<>(asked.size());
        long bytes = 0;
        boolean large = false;
        for (EntryWrite entry : asked) {
            DiskWrite write = DiskWrite.of(entry);
            writes.add(write);
            bytes += write.bytes();
            large |= write.hasFile();
        }
        if (space.isTooLarge(region, bytes)) {
            return new PutResult.TooLarge();
        }
        return large ? putLarge(region, writes, condition, fence) : commit(region, writes, condition, fence);
    }

    /** Makes changes that were made elsewhere, where nothing as new is. */
    List<Boolean> apply(RegionConfig region, List<TimedWrite> asked) throws TierUnavailableException {
        List<DiskWrite> writes = new ArrayList<>(asked.size());
        for (TimedWrite write : asked) {
            writes.add(DiskWrite.of(new EntryWrite(write.id(), write.envelope(), EntryWrite.NO_EXPIRY)));
        }
        List<DiskWrite> unused = new ArrayList<>(writes);
        try {
            if (writes.stream().anyMatch(DiskWrite::hasFile)) {
                database.read(session -> true);
                for (DiskWrite write : writes) {
                    writeFile(write);
                }
            }
            return database.write(session -> {
                List<Boolean> made = new ArrayList<>(writes.size());
                List<String> changed = new ArrayList<>();
                for (DiskWrite write : writes) {
                    boolean newer = isNewer(session, region, write);
                    made.add(newer);
                    if (newer) {
                        keepFile(write);
                        byte[] head = write.headOf(write.entry().envelope());
                        entries.store(session, region, write, head, markedMillis(region));
                        changed.add(write.entry().id());
                        unused.remove(write);
                    }
                }
                space.keepWithin(session, region);
                changes.log(session, DiskChange.ENTRY, region.name(), changed, 0);
                return made;
            });
        } catch (IOException failure) {
            throw new TierUnavailableException(
                    "a value's file cannot be written: " + failure.getClass().getSimpleName(), failure);
        } finally {
            unused.forEach(this::deleteFile);
        }
    }

    /** Takes an entry whose payload comes in pieces, where nothing as new is; null where it has no head in the end. */
    @Nullable
    Boolean applyLarge(RegionConfig region, String id, LargeWrite large) throws TierUnavailableException {
        long file = DiskValues.newName();
        boolean made = false;
        try {
            // the folder is there afterwards, and was checked
            database.read(session -> true);
            values.write(file, large.length(), large.checksum(), large::writeTo);
            byte @Nullable [] head = large.head();
            if (head == null) {
                return null;
            }
            EntryWrite entry = new EntryWrite(id, head, EntryWrite.NO_EXPIRY);
            DiskWrite write =
                    new DiskWrite(entry, DiskEntries.key(id), head.length, file, head.length + large.length());
            made = database.write(session -> values.isThere(file) && takeLarge(session, region, write));
            return made;
        } catch (IOException failure) {
            throw new TierUnavailableException(
                    "a value's file cannot be written: " + failure.getClass().getSimpleName(), failure);
        } finally {
            if (!made) {
                deleteFile(file);
            }
        }
    }

    private boolean takeLarge(DiskSession session, RegionConfig region, DiskWrite write) throws SQLException {
        if (!isNewer(session, region, write)) {
            return false;
        }
        entries.store(session, region, write, write.entry().envelope(), markedMillis(region));
        space.keepWithin(session, region);
        changes.log(
                session, DiskChange.ENTRY, region.name(), List.of(write.entry().id()), 0);
        return true;
    }

    /** Once it has expired, nothing older that is on its way may come in its place. */
    private static long markedMillis(RegionConfig region) {
        return Math.max(MARKED.toMillis(), region.staleAllowance().toMillis());
    }

    private boolean isNewer(DiskSession session, RegionConfig region, DiskWrite write) throws SQLException {
        if (space.isTooLarge(region, write.bytes())) {
            return false;
        }
        @Nullable Integer number = session.region(region.name());
        @Nullable DiskRow row = number == null ? null : entries.find(session, number, write.key());
        long created = EnvelopeFormat.created(write.entry().envelope());
        return row == null || !StoredEntry.isAsNewAs(row.envelope(), created);
    }

    private PutResult putLarge(
            RegionConfig region, List<DiskWrite> writes, PutCondition condition, @Nullable LoadFence fence)
            throws TierUnavailableException {
        // the folder is there afterwards, and was checked
        database.read(session -> true);
        boolean stored = false;
        try {
            for (DiskWrite write : writes) {
                writeFile(write);
            }
            PutResult result = commit(region, writes, condition, fence);
            stored = result instanceof PutResult.Stored;
            return result;
        } catch (IOException failure) {
            throw new TierUnavailableException(
                    "a value's file cannot be written: " + failure.getClass().getSimpleName(), failure);
        } finally {
            if (!stored) {
                writes.forEach(this::deleteFile);
            }
        }
    }

    private void writeFile(DiskWrite write) throws IOException {
        if (write.hasFile()) {
            values.write(write.file(), write.entry().envelope(), write.head());
        }
    }

    private void deleteFile(DiskWrite write) {
        if (write.hasFile()) {
            deleteFile(write.file());
        }
    }

    private void deleteFile(long file) {
        try {
            values.delete(file);
        } catch (IOException failure) {
            // no entry names it: it is removed later
            LOG.debug("A value's file could not be removed.", failure);
        }
    }

    private boolean isAllowed(
            DiskSession session,
            RegionConfig region,
            List<DiskWrite> writes,
            PutCondition condition,
            @Nullable LoadFence fence)
            throws SQLException {
        for (DiskWrite write : writes) {
            EntryWrite entry = write.entry();
            if (fence != null && fences.isOutdated(session, region.name(), entry, fence)) {
                return false;
            }
            if (!condition.isUnconditional()) {
                boolean live = entries.findLive(session, region.name(), entry.id()) != null;
                if (live != (condition == PutCondition.IF_PRESENT)) {
                    return false;
                }
            }
        }
        return true;
    }

    private PutResult commit(
            RegionConfig region, List<DiskWrite> writes, PutCondition condition, @Nullable LoadFence fence)
            throws TierUnavailableException {
        return database.write(session -> {
            if (!isAllowed(session, region, writes, condition, fence)) {
                return new PutResult.ConditionNotMet();
            }
            List<byte[]> stored = new ArrayList<>(writes.size());
            for (DiskWrite write : writes) {
                keepFile(write);
                byte[] envelope = write.stamped(stamps.nextMicros(), stamps.millis());
                entries.store(session, region, write, write.headOf(envelope));
                stored.add(envelope);
            }
            space.keepWithin(session, region);
            if (condition != PutCondition.LOADED) {
                List<String> ids =
                        writes.stream().map(write -> write.entry().id()).toList();
                changes.log(session, DiskChange.ENTRY, region.name(), ids, 0);
            }
            return new PutResult.Stored(stored);
        });
    }

    /** A file that was taken for a leftover, or went with its folder, is written again; from here on nobody removes it. */
    private void keepFile(DiskWrite write) throws SQLException {
        try {
            if (write.hasFile() && !values.isThere(write.file())) {
                writeFile(write);
            }
        } catch (IOException failure) {
            throw new SQLException("a value's file cannot be written", failure);
        }
    }
}
