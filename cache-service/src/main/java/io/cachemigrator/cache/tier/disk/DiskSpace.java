package io.cachemigrator.cache.tier.disk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Keeps the file within its limit: removes what has expired, then what was not used for longest. */
final class DiskSpace {
    /** One value may take this share of the limit, so that it cannot push out everything else. */
    private static final int LARGEST_SHARE = 4;

    private static final int EXPIRED_A_STEP = 20;
    private static final int CANDIDATES = 100;

    private final long maxBytes;
    private final Map<String, LongAdder> evictions = new ConcurrentHashMap<>();

    DiskSpace(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether an entry is too large to be kept. */
    boolean isTooLarge(long bytes) {
        return bytes > maxBytes / LARGEST_SHARE;
    }

    long maxBytes() {
        return maxBytes;
    }

    long evictions(String region) {
        @Nullable LongAdder count = evictions.get(region);
        return count == null ? 0 : count.sum();
    }

    /** Makes room inside a transaction that has stored something. */
    void makeRoom(DiskSession session, DiskRecency recency, long nowMillis) throws SQLException {
        session.update(
                "DELETE FROM entry WHERE row IN (SELECT row FROM entry WHERE removal <= ? ORDER BY removal LIMIT "
                        + EXPIRED_A_STEP + ")",
                nowMillis);
        if (excess(session) <= 0) {
            return;
        }
        session.update("DELETE FROM entry WHERE removal <= ?", nowMillis);
        if (excess(session) > 0) {
            recency.flush(session);
        }
        for (long excess = excess(session); excess > 0; excess = excess(session)) {
            evict(session, excess);
        }
    }

    private long excess(DiskSession session) throws SQLException {
        return session.number("SELECT bytes FROM state", 0) - maxBytes;
    }

    private void evict(DiskSession session, long excess) throws SQLException {
        List<Long> rows = new ArrayList<>();
        long freed = 0;
        String sql = "SELECT row, bytes, region FROM entry ORDER BY used LIMIT " + CANDIDATES;
        try (ResultSet oldest = session.bind(sql).executeQuery()) {
            while (freed < excess && oldest.next()) {
                rows.add(oldest.getLong(1));
                freed += oldest.getLong(2);
                evictions
                        .computeIfAbsent(oldest.getString(3), region -> new LongAdder())
                        .increment();
            }
        }
        for (Long row : rows) {
            session.update("DELETE FROM entry WHERE row = ?", row);
        }
        if (rows.isEmpty()) {
            // the count is wrong, as after a repair from outside: it is taken anew, so that this ends
            session.execute("UPDATE state SET bytes = (SELECT coalesce(sum(bytes), 0) FROM entry)");
        }
    }
}
