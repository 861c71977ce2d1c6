package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done in the background: telling of changes, ending idle snapshots, writing recency, removing what is left over. */
final class DiskUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskUpkeep.class);
    private static final long TICK_MILLIS = 50;
    private static final int TICKS_A_SECOND = 20;

    /** Seldom: readers begin new snapshots, with nothing in their caches, after each transaction. */
    private static final int TICKS_A_RECENCY = TICKS_A_SECOND * 5;

    private static final int TICKS_A_SWEEP = TICKS_A_SECOND * 600;

    /** Steps in which what has expired is removed; what is left waits for the next second. */
    private static final int STEPS_A_SECOND = 20;

    private static final int GARBAGE_A_STEP = 100;
    private static final int MOST_BROKEN = 1_000;

    private final DiskDatabase database;
    private final DiskValues values;
    private final DiskRecency recency;
    private final DiskChanges changes;
    private final DiskSpace space;
    private final StampClock stamps;
    private final Clock clock;
    private final Queue<DiskRow> broken = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "cache-disk-upkeep");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean garbageSeen;
    private long ticks;

    DiskUpkeep(
            DiskDatabase database,
            DiskValues values,
            DiskRecency recency,
            DiskChanges changes,
            DiskSpace space,
            StampClock stamps,
            Clock clock) {
        this.database = database;
        this.values = values;
        this.recency = recency;
        this.changes = changes;
        this.space = space;
        this.stamps = stamps;
        this.clock = clock;
        var unused = thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            changes.poll();
            database.tend();
            if (database.opened() == 0) {
                return;
            }
            ticks++;
            if (ticks % TICKS_A_SWEEP == 1) {
                sweep();
            }
            if (ticks % TICKS_A_SECOND == 0) {
                tidy();
                collect();
            }
        } catch (TierUnavailableException down) {
            LOG.debug("The disk tier is left alone until it can be used again: {}", down.reason());
        } catch (RuntimeException failure) {
            // the next tick shall come all the same
            LOG.warn("The disk tier's upkeep failed.", failure);
        }
    }

    private void tidy() throws TierUnavailableException {
        // an idle tier is looked at, and not written to
        String expired = "SELECT EXISTS(SELECT 1 FROM entry WHERE removal <= ? AND removal < 9223372036854775807)";
        boolean more = database.read(session -> {
            end(session);
            return session.number(expired, 0, stamps.millis()) != 0;
        });
        for (int i = 0; i < STEPS_A_SECOND && more; i++) {
            more = database.write(session -> space.removeExpired(session, stamps.millis()));
        }
        boolean recencyDue = ticks % TICKS_A_RECENCY == 0 && !recency.isEmpty();
        if (recencyDue || !broken.isEmpty()) {
            database.write(session -> {
                recency.writeSome(session);
                removeBroken(session);
                return true;
            });
        }
    }

    /** Looks whether there are files that no entry names, at the end of a transaction and now and then. */
    void end(DiskSession session) throws SQLException {
        if (session.number("SELECT EXISTS(SELECT 1 FROM garbage)", 0) != 0) {
            garbageSeen = true;
        }
    }

    /** Removes files that no entry names any more, if there are any. */
    void collect() throws TierUnavailableException {
        while (garbageSeen) {
            garbageSeen = false;
            database.write(this::removeGarbage);
        }
    }

    private boolean removeGarbage(DiskSession session) throws SQLException {
        List<Long> files = new ArrayList<>();
        try (ResultSet rows =
                session.bind("SELECT file FROM garbage LIMIT " + GARBAGE_A_STEP).executeQuery()) {
            while (rows.next()) {
                files.add(rows.getLong(1));
            }
        }
        for (Long file : files) {
            delete(file);
            session.update("DELETE FROM garbage WHERE file = ?", file);
        }
        return true;
    }

    private void delete(long file) {
        try {
            values.delete(file);
        } catch (IOException failure) {
            // the sweep tries again
            LOG.debug("A value's file could not be removed.", failure);
        }
    }

    /** Removes files that a killed process has left. In a transaction, so that no writer commits one meanwhile. */
    private void sweep() throws TierUnavailableException {
        List<Long> old;
        try {
            old = values.oldNames(clock.instant());
        } catch (IOException failure) {
            LOG.debug("The values' folder could not be read.", failure);
            return;
        }
        for (int i = 0; i < old.size(); i += GARBAGE_A_STEP) {
            List<Long> some = old.subList(i, Math.min(old.size(), i + GARBAGE_A_STEP));
            database.write(session -> {
                for (Long file : some) {
                    if (session.number("SELECT count(*) FROM entry WHERE file = ? AND file <> 0", 0, file) == 0) {
                        delete(file);
                    }
                }
                return true;
            });
        }
    }

    /** Notes an entry whose file is gone or damaged. */
    void noteBroken(DiskRow row) {
        if (broken.size() < MOST_BROKEN) {
            broken.add(row);
        }
    }

    private void removeBroken(DiskSession session) throws SQLException {
        for (DiskRow row = broken.poll(); row != null; row = broken.poll()) {
            session.update("DELETE FROM entry WHERE row = ? AND file = ?", row.row(), row.file());
        }
    }

    /** Stops, and writes what is pending. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The disk tier's upkeep is still at work.");
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        changes.leave();
        try {
            while (!recency.isEmpty()) {
                database.write(session -> {
                    recency.writeSome(session);
                    return true;
                });
            }
        } catch (TierUnavailableException down) {
            LOG.warn("Which entries were read last could not be written: {}", down.reason());
        }
    }
}
