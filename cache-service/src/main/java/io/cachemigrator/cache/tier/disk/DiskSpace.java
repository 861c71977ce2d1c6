package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.RegionConfig;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Keeps the tier and its regions within their limits: removes what has expired, then what was not used for longest. */
final class DiskSpace {
    private static final int EXPIRED_A_STEP = 500;

    /** Rows looked at together. When room is short some more than needed are removed, so that not every put has to. */
    private static final int CANDIDATES = 64;

    /** The share of a limit that may be freed beyond what is needed. */
    private static final int SLACK_SHARE = 200;

    /** Entries read since they were written that one transaction spares; a longer search would hold up all writers. */
    private static final int MOST_SPARED = 2_000;

    /** Entries of two regions whose ages differ by less than this share count as equally old. */
    private static final int AGE_SHARE = 32;

    /** No limit; half the largest number, so that counting down from it does not wrap around. */
    private static final long UNLIMITED = Long.MAX_VALUE / 2;

    private final long maxBytes;
    private final DiskRecency recency;
    private final Map<String, LongAdder> evictions = new ConcurrentHashMap<>();

    DiskSpace(long maxBytes, DiskRecency recency) {
        this.maxBytes = maxBytes;
        this.recency = recency;
    }

    /** Whether entries are larger together than what may be kept. */
    boolean isTooLarge(RegionConfig region, long bytes) {
        @Nullable Long most = region.diskMaxBytes();
        return bytes > maxBytes || (most != null && bytes > most);
    }

    long maxBytes() {
        return maxBytes;
    }

    long evictions(String region) {
        @Nullable LongAdder count = evictions.get(region);
        return count == null ? 0 : count.sum();
    }

    /** What is to be freed. */
    private record Excess(long entries, long bytes) {
        boolean isNone() {
            return entries <= 0 && bytes <= 0;
        }

        Excess without(long freed) {
            return new Excess(entries - 1, bytes - freed);
        }
    }

    /** Removes some of what has expired; whether there may be more. */
    boolean removeExpired(DiskSession session, long nowMillis) throws SQLException {
        String sql = "DELETE FROM entry WHERE row IN (SELECT row FROM entry WHERE removal <= ?"
                + " AND removal < 9223372036854775807 ORDER BY removal LIMIT " + EXPIRED_A_STEP + ")";
        return session.update(sql, nowMillis) == EXPIRED_A_STEP;
    }

    /** Keeps the whole tier within its limit, at the end of a transaction. */
    void keepWithin(DiskSession session, long nowMillis) throws SQLException {
        Excess excess = excess(session, DiskSchema.EVERY_REGION, UNLIMITED, maxBytes);
        if (excess.isNone()) {
            return;
        }
        // more than that is left to the upkeep: this holds up those who write
        removeExpired(session, nowMillis);
        excess = excess(session, DiskSchema.EVERY_REGION, UNLIMITED, maxBytes);
        Spared spared = new Spared();
        while (!excess.isNone()) {
            Oldest oldest = oldestRegion(session);
            if (oldest == null) {
                recount(session);
                return;
            }
            evict(session, oldest, excess, maxBytes / SLACK_SHARE, spared);
            excess = excess(session, DiskSchema.EVERY_REGION, UNLIMITED, maxBytes);
        }
    }

    /** Keeps one region within its own limits. */
    void keepWithin(DiskSession session, RegionConfig region) throws SQLException {
        @Nullable Long bytes = region.diskMaxBytes();
        @Nullable Long entries = region.diskMaxEntries();
        @Nullable Integer number = bytes == null && entries == null ? null : session.region(region.name());
        if (number == null) {
            return;
        }
        long mostBytes = bytes == null ? UNLIMITED : bytes;
        long mostEntries = entries == null ? UNLIMITED : entries;
        Spared spared = new Spared();
        for (Excess excess = excess(session, number, mostEntries, mostBytes);
                !excess.isNone();
                excess = excess(session, number, mostEntries, mostBytes)) {
            long slack = entries == null ? mostBytes / SLACK_SHARE : 0;
            if (evict(session, new Oldest(number, region.name(), Long.MAX_VALUE), excess, slack, spared) == 0) {
                recount(session);
                return;
            }
        }
    }

    private static Excess excess(DiskSession session, int region, long entries, long bytes) throws SQLException {
        String sql = "SELECT entries, bytes FROM region WHERE number = ?";
        try (ResultSet held = session.bind(sql, region).executeQuery()) {
            held.next();
            return new Excess(held.getLong(1) - entries, held.getLong(2) - bytes);
        }
    }

    private record Oldest(int region, String name, long until) {}

    /** The region with the entry that was not used for longest, and until when its entries count as older than others'. */
    private static @Nullable Oldest oldestRegion(DiskSession session) throws SQLException {
        String sql = "SELECT number, name, (SELECT min(used) FROM entry WHERE region = number) AS oldest, stamp"
                + " FROM region WHERE number > 0 AND entries > 0 AND oldest IS NOT NULL ORDER BY oldest LIMIT 2";
        long now = session.number("SELECT stamp FROM region WHERE number = 0", 0);
        try (ResultSet rows = session.bind(sql).executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            int number = rows.getInt(1);
            String name = rows.getString(2);
            long others = rows.next() ? rows.getLong(3) : Long.MAX_VALUE;
            long until = others == Long.MAX_VALUE ? others : others + Math.max(0, now - others) / AGE_SHARE;
            return new Oldest(number, name, until);
        }
    }

    /** Removes the oldest of a region until an excess and some slack are freed; gives how many it has removed or spared. */
    private int evict(DiskSession session, Oldest oldest, Excess excess, long slack, Spared spared)
            throws SQLException {
        Excess left = new Excess(excess.entries(), excess.bytes() + (excess.bytes() > 0 ? slack : 0));
        List<Long> gone = new ArrayList<>(CANDIDATES);
        List<Long> stay = new ArrayList<>();
        String sql = "SELECT row, bytes FROM entry WHERE region = ? AND used <= ? ORDER BY used LIMIT " + CANDIDATES;
        try (ResultSet rows = session.bind(sql, oldest.region(), oldest.until()).executeQuery()) {
            while (!left.isNone() && rows.next()) {
                long row = rows.getLong(1);
                if (spared.admits(row, recency)) {
                    stay.add(row);
                } else if (gone.isEmpty() || rows.getLong(2) <= left.bytes() || !isSlackOnly(left, slack)) {
                    gone.add(row);
                    left = left.without(rows.getLong(2));
                } else {
                    break;
                }
            }
        }
        for (Long row : stay) {
            DiskRecency.renew(session, row, spared.stampOf(row));
        }
        for (Long row : gone) {
            session.update("DELETE FROM entry WHERE row = ?", row);
        }
        evictions.computeIfAbsent(oldest.name(), region -> new LongAdder()).add(gone.size());
        return gone.size() + stay.size();
    }

    /** Whether what is left to free is not needed now. */
    private static boolean isSlackOnly(Excess left, long slack) {
        return left.entries() <= 0 && left.bytes() <= slack;
    }

    /** The counts are wrong, as after a repair from outside: they are taken anew, so that evicting ends. */
    private static void recount(DiskSession session) throws SQLException {
        session.execute("UPDATE region SET entries = (SELECT count(*) FROM entry WHERE number = 0 OR region = number),"
                + " bytes = (SELECT coalesce(sum(bytes), 0) FROM entry WHERE number = 0 OR region = number)");
    }

    /** Rows that were read since they were written. */
    private static final class Spared {
        private final Map<Long, Long> stamps = new ConcurrentHashMap<>();

        boolean admits(long row, DiskRecency recency) {
            @Nullable Long read = stamps.size() < MOST_SPARED ? recency.take(row) : null;
            if (read == null) {
                return false;
            }
            stamps.put(row, read);
            return true;
        }

        long stampOf(Long row) {
            return stamps.getOrDefault(row, 0L);
        }
    }
}
