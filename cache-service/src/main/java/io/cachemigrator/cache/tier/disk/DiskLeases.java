package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;

/**
 * Who may load which id, among the processes that share a file. A lease ends at a time of the wall clock, which they share; one
 * that seems to have been taken in the future was taken before the clock was set back, and no longer counts. Thread safe.
 */
final class DiskLeases {
    private static final String TAKEN_BY_ANOTHER =
            "SELECT count(*) FROM lease WHERE region = ? AND id = ? AND owner <> ? AND until > ? AND since <= ?";
    private static final String TAKE = "INSERT INTO lease(region, id, owner, since, until) VALUES(?, ?, ?, ?, ?)"
            + " ON CONFLICT(region, id) DO UPDATE SET owner = excluded.owner, since = excluded.since, until = excluded.until"
            + " WHERE owner = excluded.owner OR until <= excluded.since OR since > excluded.since";

    private final DiskDatabase database;

    DiskLeases(DiskDatabase database) {
        this.database = database;
    }

    /** Takes or renews a lease; whether {@code owner} has it. */
    boolean take(String region, String id, String owner, long nowMillis, long millis) throws TierUnavailableException {
        byte[] key = DiskEntries.key(id);
        // those who wait ask often: they are told without a transaction
        if (database.read(session -> session.number(TAKEN_BY_ANOTHER, 0, region, key, owner, nowMillis, nowMillis))
                > 0) {
            return false;
        }
        return database.write(session -> {
            boolean taken = session.update(TAKE, region, key, owner, nowMillis, nowMillis + millis) > 0;
            // what dead processes have left
            session.update("DELETE FROM lease WHERE until <= ?", nowMillis);
            return taken;
        });
    }

    /** Ends a lease, if {@code owner} has it. */
    void release(String region, String id, String owner) throws TierUnavailableException {
        database.write(session -> session.update(
                "DELETE FROM lease WHERE region = ? AND id = ? AND owner = ?", region, DiskEntries.key(id), owner));
    }
}
