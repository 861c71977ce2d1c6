package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.TierPage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of whole entries, inside one session. */
final class DiskReads {
    /** A page ends early when its values take this much. */
    private static final long PAGE_BYTES = 16 << 20;

    /** How often an entry is looked up again whose file is gone: meanwhile it has another. */
    private static final int ATTEMPTS = 3;

    private final DiskEntries entries;
    private final DiskValues values;
    private final DiskRecency recency;
    private final DiskUpkeep upkeep;
    private final StampClock stamps;

    DiskReads(DiskEntries entries, DiskValues values, DiskRecency recency, DiskUpkeep upkeep, StampClock stamps) {
        this.entries = entries;
        this.values = values;
        this.recency = recency;
        this.upkeep = upkeep;
        this.stamps = stamps;
    }

    Map<String, byte[]> all(DiskSession session, String region, Collection<String> ids) throws SQLException {
        return all(session, region, ids, Long.MAX_VALUE);
    }

    /** The same, but of envelopes whose payload is in a file only what precedes it, once all together have so many bytes. */
    Map<String, byte[]> all(DiskSession session, String region, Collection<String> ids, long most) throws SQLException {
        @Nullable Integer number = session.region(region);
        Map<String, byte[]> found = new HashMap<>(2 * ids.size());
        if (number == null) {
            return found;
        }
        long left = most;
        for (String id : ids) {
            byte[] key = DiskEntries.key(id);
            @Nullable DiskRow row = entries.find(session, number, key);
            byte @Nullable [] whole = row == null ? null : whole(session, region, id, row, left);
            if (row != null && whole != null) {
                left -= whole.length;
                found.put(id, whole);
                recency.read(row.row(), stamps.nextMicros());
            }
        }
        return found;
    }

    /** The envelope of a row, or null when it is not to be seen. */
    private byte @Nullable [] whole(DiskSession session, String region, String id, DiskRow row, long most)
            throws SQLException {
        @Nullable DiskRow current = row;
        for (int i = 0; i < ATTEMPTS && current != null; i++) {
            if (!entries.isVisible(session, region, id, current)) {
                return null;
            }
            if (!current.hasFile()) {
                return current.envelope();
            }
            byte @Nullable [] whole = length(current) > most ? current.envelope() : read(current);
            if (whole != null) {
                return whole;
            }
            // a snapshot that is held may name a file that was replaced since
            session.letGo();
            @Nullable Integer number = session.region(region);
            @Nullable DiskRow now = number == null ? null : entries.find(session, number, DiskEntries.key(id));
            if (now != null && now.file() == current.file()) {
                upkeep.noteBroken(now);
                return null;
            }
            current = now;
        }
        return null;
    }

    private long length(DiskRow row) throws SQLException {
        try {
            return values.length(row.file());
        } catch (IOException failure) {
            throw new SQLException("a value's file cannot be read", failure);
        }
    }

    /** The payload of an entry that is in a file; empty when there is none that is to be seen. */
    Optional<InputStream> open(DiskSession session, String region, String id) throws SQLException {
        @Nullable Integer number = session.region(region);
        @Nullable DiskRow row = number == null ? null : entries.find(session, number, DiskEntries.key(id));
        if (row == null || !row.hasFile() || !entries.isVisible(session, region, id, row)) {
            return Optional.empty();
        }
        try {
            return Optional.of(values.open(row.file()));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new SQLException("a value's file cannot be read", failure);
        }
    }

    private byte @Nullable [] read(DiskRow row) throws SQLException {
        try {
            return values.read(row.file(), row.envelope());
        } catch (IOException failure) {
            throw new SQLException("a value's file cannot be read", failure);
        }
    }

    TierPage page(DiskSession session, RegionConfig region, @Nullable String from, int limit, long most)
            throws SQLException {
        @Nullable Integer number = session.region(region.name());
        Map<String, DiskRow> rows = new LinkedHashMap<>();
        @Nullable String next = number == null ? null : collect(session, number, from, limit, rows);
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Map.Entry<String, DiskRow> row : rows.entrySet()) {
            byte @Nullable [] whole = whole(session, region.name(), row.getKey(), row.getValue(), most);
            if (whole != null) {
                found.put(row.getKey(), whole);
            }
        }
        return new TierPage(found, next);
    }

    private static @Nullable String collect(
            DiskSession session, int region, @Nullable String from, int limit, Map<String, DiskRow> into)
            throws SQLException {
        String sql = "SELECT row, file, envelope, (SELECT epoch FROM region WHERE number = ?1), id, bytes FROM entry"
                + " WHERE region = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        byte[] start = DiskEntries.key(from == null ? "" : from);
        long bytes = 0;
        @Nullable String last = null;
        try (ResultSet rows = session.bind(sql, region, start, (long) limit).executeQuery()) {
            while (bytes < PAGE_BYTES && rows.next()) {
                last = DiskEntries.text(rows.getBytes(5));
                bytes += rows.getLong(6);
                into.put(last, new DiskRow(rows.getLong(1), rows.getLong(2), rows.getBytes(3), rows.getLong(4)));
            }
        }
        return into.size() < limit && bytes < PAGE_BYTES ? null : last;
    }
}
