package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.StampClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with many entries at once, by tag or prefix, inside a transaction. */
final class DiskInvalidation {
    /** Entries removed in one transaction when a region is cleared. */
    static final int STEP = 1_000;

    private final StampClock stamps;
    private final DiskEntries entries;
    private final DiskChanges changes;
    private final DiskFences fences;

    DiskInvalidation(StampClock stamps, DiskEntries entries, DiskChanges changes, DiskFences fences) {
        this.stamps = stamps;
        this.entries = entries;
        this.changes = changes;
        this.fences = fences;
    }

    Invalidated tags(DiskSession session, @Nullable RegionConfig region, Collection<String> tags) throws SQLException {
        OptionalLong hit = region != null && region.tagIndex()
                ? OptionalLong.of(removeTagged(session, region.name(), tags))
                : OptionalLong.empty();
        String scope = region == null ? InvalidationTable.EVERY_REGION : region.name();
        long at = record(session, scope, "tag", tags);
        changes.log(session, DiskChange.TAG, scope, tags, at);
        return new Invalidated(at, hit);
    }

    private long removeTagged(DiskSession session, String region, Collection<String> tags) throws SQLException {
        Set<String> ids = new LinkedHashSet<>();
        @Nullable Integer number = session.region(region);
        if (number == null) {
            return 0;
        }
        for (String tag : tags) {
            String sql = "SELECT id FROM tagged WHERE region = ? AND tag = ?";
            try (ResultSet rows =
                    session.bind(sql, number, DiskEntries.key(tag)).executeQuery()) {
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

    Invalidated prefix(DiskSession session, String region, String prefix) throws SQLException {
        byte[] start = DiskEntries.key(prefix);
        // records of longer prefixes say nothing more once the shorter one is recorded
        session.update(
                "DELETE FROM record WHERE scope = ? AND kind = 'prefix' AND substr(name, 1, length(?)) = ?",
                region,
                start,
                start);
        long at = record(session, region, "prefix", List.of(prefix));
        changes.log(session, DiskChange.PREFIX, region, List.of(prefix), at);
        return new Invalidated(at, OptionalLong.empty());
    }

    /** Records that entries created up to now are invisible; gives the time. */
    private long record(DiskSession session, String scope, String kind, Iterable<String> names) throws SQLException {
        long at = stamps.nextMicros();
        for (String name : names) {
            session.update(
                    "INSERT INTO record(scope, kind, name, at) VALUES(?, ?, ?, ?)"
                            + " ON CONFLICT(scope, kind, name) DO UPDATE SET at = excluded.at",
                    scope,
                    kind,
                    DiskEntries.key(name),
                    at);
        }
        if (scope.equals(InvalidationTable.EVERY_REGION)) {
            session.update("UPDATE region SET epoch = ?", at);
        } else {
            session.update("UPDATE region SET epoch = ? WHERE number = ?", at, session.makeRegion(scope));
        }
        return at;
    }

    /** Removes some of the entries whose id starts with a prefix. */
    int removeSome(DiskSession session, String region, byte[] prefix) throws SQLException {
        fences.cleared(session, region);
        @Nullable Integer number = session.region(region);
        if (number == null) {
            return 0;
        }
        String some = "DELETE FROM entry WHERE row IN (SELECT row FROM entry WHERE region = ? AND id >= ?";
        byte @Nullable [] end = firstAfter(prefix);
        int removed = end == null
                ? session.update(some + " LIMIT " + STEP + ")", number, prefix)
                : session.update(some + " AND id < ? LIMIT " + STEP + ")", number, prefix, end);
        changes.log(session, DiskChange.CLEAR, region, List.of(""), 0);
        return removed;
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
}
