package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.envelope.Utf8;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import java.nio.charset.StandardCharsets;
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

    private final StampClock stamps;
    private final RecordCache records;

    DiskEntries(StampClock stamps, RecordCache records) {
        this.stamps = stamps;
        this.records = records;
    }

    static byte[] key(String id) {
        return Utf8.encode(id);
    }

    /** The text of bytes that {@link #key} made. */
    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Starts a transaction's changes: later stamps exceed those of all processes. */
    void begin(DiskSession session) throws SQLException {
        stamps.advanceTo(session.number("SELECT stamp FROM state", 0));
    }

    /** Ends a transaction's changes. */
    void end(DiskSession session) throws SQLException {
        session.update("UPDATE state SET stamp = max(stamp, ?)", stamps.nextMicros());
    }

    byte @Nullable [] find(DiskSession session, String region, String id) throws SQLException {
        return session.bytes("SELECT envelope FROM entry WHERE region = ? AND id = ?", region, key(id));
    }

    /** Removes tombstones and invalidated entries. The epochs are read after the entries, so that none is missed. */
    void hide(DiskSession session, String region, Map<String, byte[]> found) throws SQLException {
        found.values().removeIf(StoredEntry::isTombstone);
        if (found.isEmpty()) {
            return;
        }
        String sql = "SELECT at FROM epoch WHERE scope = ?";
        RecordCache.Epoch epoch = new RecordCache.Epoch(
                session.number(sql, -1, InvalidationTable.EVERY_REGION), session.number(sql, -1, region));
        records.removeInvalidated(region, found, epoch, new StoredRecords(session));
    }

    byte @Nullable [] findLive(DiskSession session, String region, String id) throws SQLException {
        byte @Nullable [] stored = find(session, region, id);
        if (stored == null || StoredEntry.isExpired(stored, stamps.millis())) {
            return null;
        }
        Map<String, byte[]> found = new HashMap<>();
        found.put(id, stored);
        hide(session, region, found);
        return found.get(id);
    }

    /** Stores an envelope as it is, over whatever is there. */
    void store(DiskSession session, RegionConfig region, String id, byte[] envelope) throws SQLException {
        byte[] key = key(id);
        long removal =
                StoredEntry.removalMillis(envelope, region.staleAllowance().toMillis());
        session.update(
                "INSERT INTO entry(region, id, bytes, removal, used, envelope) VALUES(?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT(region, id) DO UPDATE SET bytes = excluded.bytes, removal = excluded.removal,"
                        + " used = excluded.used, envelope = excluded.envelope",
                region.name(),
                key,
                bytesOf(key, envelope),
                removal,
                stamps.nextMicros(),
                envelope);
        if (region.tagIndex()) {
            session.update("DELETE FROM tagged WHERE region = ? AND id = ?", region.name(), key);
            for (String tag : tagsOf(envelope)) {
                session.update(
                        "INSERT OR IGNORE INTO tagged(region, tag, id) VALUES(?, ?, ?)", region.name(), key(tag), key);
            }
        }
    }

    static long bytesOf(byte[] key, byte[] envelope) {
        return (long) key.length + envelope.length + ROW_BYTES;
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
        byte @Nullable [] stored = find(session, region, id);
        if (stored != null && !StoredEntry.isTombstone(stored)) {
            remove(session, region, id);
        }
        return live;
    }

    void remove(DiskSession session, String region, String id) throws SQLException {
        session.update("DELETE FROM entry WHERE region = ? AND id = ?", region, key(id));
    }

    /** Records that entries created up to now are invisible; gives the time. */
    long record(DiskSession session, String scope, String kind, Iterable<String> names) throws SQLException {
        long at = stamps.nextMicros();
        for (String name : names) {
            session.update(
                    "INSERT INTO record(scope, kind, name, at) VALUES(?, ?, ?, ?)"
                            + " ON CONFLICT(scope, kind, name) DO UPDATE SET at = excluded.at",
                    scope,
                    kind,
                    key(name),
                    at);
        }
        session.update(
                "INSERT INTO epoch(scope, at) VALUES(?, ?) ON CONFLICT(scope) DO UPDATE SET at = excluded.at",
                scope,
                at);
        return at;
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
