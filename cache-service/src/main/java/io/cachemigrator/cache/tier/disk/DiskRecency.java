package io.cachemigrator.cache.tier.disk;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When entries were last read, kept in memory: a write for each read would cost more than three times the read. Whoever evicts
 * in this process asks here first; for those who evict in others, some are written now and then. Thread safe.
 */
final class DiskRecency {
    private static final int MOST = 20_000;
    private static final int A_STEP = 1_000;

    private final boolean kept;
    private final Map<Long, Long> reads = new ConcurrentHashMap<>();

    /** Keeps nothing when {@code kept} is false: entries then are evicted in the order in which they were written. */
    DiskRecency(boolean kept) {
        this.kept = kept;
    }

    /** Notes a read of a row. */
    void read(long row, long stamp) {
        if (!kept) {
            return;
        }
        if (reads.size() < MOST) {
            reads.put(row, stamp);
        } else {
            reads.replace(row, stamp);
        }
    }

    /** When a row was last read, if that is not written yet; forgets it. */
    @Nullable
    Long take(long row) {
        return reads.remove(row);
    }

    boolean isEmpty() {
        return reads.isEmpty();
    }

    /** Writes some of what is noted, in a transaction; one that fails loses them, which costs an entry its place at most. */
    void writeSome(DiskSession session) throws SQLException {
        Iterator<Map.Entry<Long, Long>> oldest = reads.entrySet().iterator();
        for (int i = 0; i < A_STEP && oldest.hasNext(); i++) {
            Map.Entry<Long, Long> read = oldest.next();
            oldest.remove();
            renew(session, read.getKey(), read.getValue());
        }
    }

    /** Moves a row to where entries used at that time are. */
    static void renew(DiskSession session, long row, long stamp) throws SQLException {
        session.update("UPDATE entry SET used = ?1 WHERE row = ?2 AND used < ?1", stamp, row);
    }
}
