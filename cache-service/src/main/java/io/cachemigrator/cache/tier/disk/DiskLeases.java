package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.util.function.LongSupplier;

/**
 * Who may load which id, among the processes that share a file. A lease ends at a time of the wall clock, which they share; one
 * that seems to have been taken more than a minute in the future was taken before the clock was set back, and no longer counts.
 * Thread safe.
 */
final class DiskLeases {
    private static final long SET_BACK_MILLIS = 60_000;
    private static final String TAKEN_BY_ANOTHER =
            "SELECT count(*) FROM lease WHERE region = ? AND id = ? AND owner <> ? AND until > ? AND since <= ?";
    private static final String TAKE = "INSERT INTO lease(region, id, owner, since, until) VALUES(?, ?, ?, ?, ?)"
            + " ON CONFLICT(region, id) DO UPDATE SET owner = excluded.owner, since = excluded.since, until = excluded.until"
            + " WHERE owner = excluded.owner OR until <= excluded.since OR since > ?";

    private final DiskDatabase database;

    DiskLeases(DiskDatabase database) {
        this.database = database;
    }

    /** Takes or renews a lease; whether {@code owner} has it. */
    boolean take(String region, String id, String owner, LongSupplier clock, long millis)
            throws TierUnavailableException {
        byte[] key = DiskEntries.key(id);
        // those who wait ask often: they are told without a transaction
        if (isTaken(region, key, owner, clock.getAsLong())) {
            return false;
        }
        return database.write(session -> {
            // the time is taken by whoever has the turn to write: one that was taken before waiting would be too early
            long now = clock.getAsLong();
            boolean taken = session.update(TAKE, region, key, owner, now, now + millis, now + SET_BACK_MILLIS) > 0;
            // what dead processes have left
            session.update("DELETE FROM lease WHERE until <= ?", now);
            return taken;
        });
    }

    private boolean isTaken(String region, byte[] key, String owner, long now) throws TierUnavailableException {
        long others = database.read(
                session -> session.number(TAKEN_BY_ANOTHER, 0, region, key, owner, now, now + SET_BACK_MILLIS));
        return others > 0;
    }

    /** Ends a lease, if {@code owner} has it. */
    void release(String region, String id, String owner) throws TierUnavailableException {
        database.write(session -> session.update(
                "DELETE FROM lease WHERE region = ? AND id = ? AND owner = ?", region, DiskEntries.key(id), owner));
    }
}
