package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.StampClock;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a load gives from undoing what happened since the load began. Deletions are remembered by a 4,096th of the ids,
 * which bounds what is remembered: the deletion of a neighbour may keep a load from being stored, never the reverse.
 */
final class DiskFences {
    private static final int PARTS = 4_096;
    /** Stands for every id of a region. */
    private static final int ALL = -1;

    private static final String REMEMBER = "INSERT INTO deleted(region, part, at) VALUES(?, ?, ?)"
            + " ON CONFLICT(region, part) DO UPDATE SET at = excluded.at";

    private final DiskEntries entries;
    private final StampClock stamps;

    DiskFences(DiskEntries entries, StampClock stamps) {
        this.entries = entries;
        this.stamps = stamps;
    }

    void deleted(DiskSession session, String region, String id) throws SQLException {
        session.update(REMEMBER, region, partOf(id), stamps.nextMicros());
    }

    void cleared(DiskSession session, String region) throws SQLException {
        session.update(REMEMBER, region, ALL, stamps.nextMicros());
    }

    /** What transactions stamp from now on is at least this. */
    static long now(DiskSession session) throws SQLException {
        return session.number("SELECT stamp FROM region WHERE number = 0", 0) + 1;
    }

    /** Whether an entry was written, deleted or invalidated since a load of it began. */
    boolean isOutdated(DiskSession session, String region, EntryWrite entry, LoadFence fence) throws SQLException {
        long since = fence.sinceMicros();
        String sql = "SELECT max(at) FROM deleted WHERE region = ? AND part IN (?, ?)";
        if (session.number(sql, 0, region, partOf(entry.id()), ALL) >= since) {
            return true;
        }
        @Nullable DiskRow live = entries.findLive(session, region, entry.id());
        if (live != null && EnvelopeFormat.isReadable(live.envelope())) {
            long created = EnvelopeFormat.created(live.envelope());
            if (fence.seenMicros() == LoadFence.UNKNOWN ? created >= since : created != fence.seenMicros()) {
                return true;
            }
        }
        byte[] asOld = EnvelopeFormat.stamped(entry.envelope(), since, EntryWrite.NO_EXPIRY);
        long epoch = session.number("SELECT max(epoch) FROM region WHERE number = 0 OR name = ?", -1, region);
        return !entries.isVisible(session, region, entry.id(), new DiskRow(0, DiskValues.NONE, asOld, epoch));
    }

    private static int partOf(String id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (PARTS - 1);
    }
}
