package io.cachemigrator.cache.tier.disk;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When entries were last read, kept in memory until the next write takes it along: a write for each read would cost more than
 * three times the read. Thread safe.
 */
final class DiskRecency {
    private static final int MANY = 1_000;
    private static final int MOST = 20_000;

    private final Map<Key, Long> reads = new ConcurrentHashMap<>();

    /** Notes a read. */
    void read(String region, String id, long stamp) {
        if (reads.size() < MOST) {
            reads.put(new Key(region, id), stamp);
        }
    }

    /** Whether so much is noted that it is worth a transaction of its own. */
    boolean isDue() {
        return reads.size() >= MANY;
    }

    /** Whether anything is noted. */
    boolean isEmpty() {
        return reads.isEmpty();
    }

    /** Writes what is noted, in a transaction. */
    void flush(DiskSession session) throws SQLException {
        for (Map.Entry<Key, Long> read : Map.copyOf(reads).entrySet()) {
            if (reads.remove(read.getKey(), read.getValue())) {
                session.update(
                        "UPDATE entry SET used = max(used, ?) WHERE region = ? AND id = ?",
                        read.getValue(),
                        read.getKey().region(),
                        DiskEntries.key(read.getKey().id()));
            }
        }
    }

    private record Key(String region, String id) {}
}
