package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.envelope.Utf8;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with entries inside one session. */
final class DiskEntries {
    /** What a row takes beside its envelope and id, roughly. */
    private static final int ROW_BYTES = 100;

    private static final String OF_ID = " FROM entry WHERE region = ?1 AND id = ?2";
    private static final String EPOCH = ", (SELECT epoch FROM region WHERE number = ?1)";

    /** Every column takes time, so that the number of the row tells whether there is a file: it is negative then. */
    private static final String FIND = "SELECT iif(file = 0, row, -row), envelope" + OF_ID;

    private static final String FIND_WITH_EPOCH = "SELECT iif(file = 0, row, -row), envelope" + EPOCH + OF_ID;
    private static final String FIND_WITH_FILE = "SELECT row, envelope" + EPOCH + ", file" + OF_ID;
    private static final String STORE =
            "INSERT INTO entry(region, id, bytes, removal, used, tagged, file, envelope) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT(region, id) DO UPDATE SET bytes = excluded.bytes, removal = excluded.removal,"
                    + " used = excluded.used, tagged = max(tagged, excluded.tagged), file = excluded.file,"
                    + " envelope = excluded.envelope";

    private final StampClock stamps;
    private final RecordCache records;
    private final DiskValues values;

    DiskEntries(StampClock stamps, RecordCache records, DiskValues values) {
        this.stamps = stamps;
        this.records = records;
        this.values = values;
    }

    static byte[] key(String id) {
        return Utf8.encode(id);
    }

    /** The text of bytes that {@link #key} made. */
    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    static long bytesOf(byte[] key, long envelope) {
        return key.length + envelope + ROW_BYTES;
    }

    @Nullable
    DiskRow find(DiskSession session, int region, byte[] key) throws SQLException {
        @Nullable Long held = session.heldEpoch(region);
        try (ResultSet rows = bound(session, held == null ? FIND_WITH_EPOCH : FIND, region, key)
                .executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            long row = rows.getLong(1);
            if (row > 0) {
                long epoch = held == null ? rows.getLong(3) : held;
                if (held == null) {
                    session.keepEpoch(region, epoch);
                }
                return new DiskRow(row, DiskValues.NONE, rows.getBytes(2), epoch);
            }
        }
        return findWithFile(session, region, key);
    }

    private static PreparedStatement bound(DiskSession session, String sql, int region, byte[] key)
            throws SQLException {
        PreparedStatement statement = session.statement(sql);
        statement.setInt(1, region);
        statement.setBytes(2, key);
        return statement;
    }

    private static @Nullable DiskRow findWithFile(DiskSession session, int region, byte[] key) throws SQLException {
        try (ResultSet rows = bound(session, FIND_WITH_FILE, region, key).executeQuery()) {
            return rows.next()
                    ? new DiskRow(rows.getLong(1), rows.getLong(4), rows.getBytes(2), rows.getLong(3))
                    : null;
        }
    }

    /** Whether an entry is neither a tombstone nor invalidated. */
    boolean isVisible(DiskSession session, String region, String id, DiskRow row) throws SQLException {
        byte[] envelope = row.envelope();
        if (!EnvelopeFormat.isReadable(envelope)) {
            return true;
        }
        if (StoredEntry.isTombstone(envelope)) {
            return false;
        }
        if (EnvelopeFormat.created(envelope) > row.epoch()) {
            return true;
        }
        Map<String, byte[]> suspect = new HashMap<>();
        suspect.put(id, envelope);
        // the epoch of a region is never older than that of all regions
        RecordCache.Epoch epoch = new RecordCache.Epoch(-1, row.epoch());
        records.removeInvalidated(region, suspect, epoch, new StoredRecords(session));
        return !suspect.isEmpty();
    }

    /** A live entry, which has its payload. */
    @Nullable
    DiskRow findLive(DiskSession session, String region, String id) throws SQLException {
        @Nullable Integer number = session.region(region);
        @Nullable DiskRow row = number == null ? null : find(session, number, key(id));
        boolean live = row != null
                && !StoredEntry.isExpired(row.envelope(), stamps.millis())
                && isVisible(session, region, id, row)
                && (!row.hasFile() || values.isThere(row.file()));
        return live ? row : null;
    }

    /** Stores an envelope over whatever is there. */
    void store(DiskSession session, RegionConfig region, DiskWrite write, byte[] head) throws SQLException {
        store(session, region, write, head, region.staleAllowance().toMillis());
    }

    /** The same, kept for so many milliseconds after its deadline. */
    void store(DiskSession session, RegionConfig region, DiskWrite write, byte[] head, long staleMillis)
            throws SQLException {
        int number = session.makeRegion(region.name());
        byte[] key = write.key();
        session.update(
                STORE,
                number,
                key,
                write.bytes(),
                StoredEntry.removalMillis(head, staleMillis),
                stamps.nextMicros(),
                region.tagIndex() ? 1 : 0,
                write.file(),
                head);
        if (region.tagIndex()) {
            session.update("DELETE FROM tagged WHERE region = ? AND id = ?", number, key);
            for (String tag : tagsOf(head)) {
                session.update("INSERT OR IGNORE INTO tagged(region, tag, id) VALUES(?, ?, ?)", number, key(tag), key);
            }
        }
    }

    /** Replaces the part of an entry's envelope that the database has, which keeps its length. */
    void replaceHead(DiskSession session, RegionConfig region, DiskRow row, byte[] head) throws SQLException {
        session.update(
                "UPDATE entry SET envelope = ?, removal = ?, used = ? WHERE row = ?",
                head,
                removal(region, head),
                stamps.nextMicros(),
                row.row());
    }

    private static long removal(RegionConfig region, byte[] head) {
        return StoredEntry.removalMillis(head, region.staleAllowance().toMillis());
    }

    private static List<String> tagsOf(byte[] envelope) {
        try {
            return EnvelopeFormat.tags(envelope);
        } catch (EnvelopeException damaged) {
            return List.of();
        }
    }

    /** Removes an entry unless it is a tombstone, which keeps a copy from bringing it back; whether it was live. */
    boolean delete(DiskSession session, String region, String id) throws SQLException {
        boolean live = findLive(session, region, id) != null;
        @Nullable Integer number = session.region(region);
        @Nullable DiskRow row = number == null ? null : find(session, number, key(id));
        if (row != null && !StoredEntry.isTombstone(row.envelope())) {
            session.update("DELETE FROM entry WHERE row = ?", row.row());
        }
        return live;
    }

    /** The records that the file keeps. */
    private record StoredRecords(DiskSession session) implements RecordCache.Source<SQLException> {
        @Override
        public Map<String, Long> tags(String region, Set<String> tags) throws SQLException {
            String sql = "SELECT max(at) FROM record WHERE scope IN ('', ?) AND kind = 'tag' AND name = ?";
            Map<String, Long> newest = new HashMap<>();
            for (String tag : tags) {
                // the maximum of no row is NULL, which reads as zero: earlier than any entry
                newest.put(tag, session.number(sql, -1, region, key(tag)));
            }
            return newest;
        }

        @Override
        public Map<String, Long> prefixes(String region) throws SQLException {
            Map<String, Long> prefixes = new HashMap<>();
            String sql = "SELECT name, at FROM record WHERE scope = ? AND kind = 'prefix'";
            try (ResultSet rows = session.bind(sql, region).executeQuery()) {
                while (rows.next()) {
                    prefixes.put(text(rows.getBytes(1)), rows.getLong(2));
                }
            }
            return prefixes;
        }
    }
}
