package io.cachemigrator.migrator.journal;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time change a project and target. Held by a lease that a background thread renews; a process that
 * dies loses it when the lease ends, or at once when the next one runs on the same machine and sees that it is gone.
 */
public final class RunLock implements AutoCloseable {

    /** How long a lease lasts without renewal. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration RENEWAL = Duration.ofSeconds(2);

    private final JournalDatabase database;
    private final String name;
    private final String owner;
    private final ScheduledExecutorService renewal;
    private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
    private volatile long renewed = System.nanoTime();

    private RunLock(JournalDatabase database, String name, String owner) {
        this.database = database;
        this.name = name;
        this.owner = owner;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "run-lock");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the lock.
     *
     * @param name what is locked
     * @param purpose what for, shown to whoever is refused
     * @throws MigratorException {@link ErrorCode#LOCKED} with the holder when another run has it
     */
    public static RunLock acquire(JournalDatabase database, String name, String purpose) {
        RunLock lock = new RunLock(database, name, UUID.randomUUID().toString());
        if (!lock.tryTake(LockHolder.here(purpose))) {
            lock.renewal.shutdownNow();
            throw lock.refused();
        }
        lock.keep();
        return lock;
    }

    /**
     * Joins the run under a lock, whoever holds it: takes a lease of one's own, under which slices are claimed.
     *
     * @param name what the run's lock is called
     * @param purpose what for, shown in status
     */
    public static RunLock join(JournalDatabase database, String name, String purpose) {
        String owner = UUID.randomUUID().toString();
        RunLock lock = new RunLock(database, Participants.nameOf(name, owner), owner);
        if (!lock.tryTake(LockHolder.here(purpose))) {
            throw new IllegalStateException("a name that nobody else can have is taken: " + lock.name);
        }
        lock.keep();
        return lock;
    }

    private void keep() {
        long period = RENEWAL.toMillis();
        var unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** What marks everything that is held under this lock. */
    public String owner() {
        return owner;
    }

    private boolean tryTake(LockHolder holder) {
        long now = database.now();
        long until = now + LEASE.toMillis();
        String text = holder.toText();
        int taken = database.update(
                "insert into cm_lock (name, owner, holder, fence, lease_until) values (?, ?, ?, 1, ?)"
                        + " on conflict (name) do nothing",
                name,
                owner,
                text,
                until);
        if (taken == 0) {
            taken = database.update(
                    "update cm_lock set owner = ?, holder = ?, fence = fence + 1, lease_until = ?"
                            + " where name = ? and lease_until < ?",
                    owner,
                    text,
                    until,
                    name,
                    now);
        }
        return taken == 1 || takeFromTheDead(text, until);
    }

    private boolean takeFromTheDead(String text, long until) {
        List<String[]> rows = database.query(
                "select owner, holder from cm_lock where name = ?",
                row -> new String[] {row.getString(1), row.getString(2)},
                name);
        if (rows.isEmpty()) {
            return false;
        }
        LockHolder current = LockHolder.fromText(rows.get(0)[1]);
        return current.isDead()
                && database.update(
                                "update cm_lock set owner = ?, holder = ?, fence = fence + 1, lease_until = ?"
                                        + " where name = ? and owner = ?",
                                owner,
                                text,
                                until,
                                name,
                                rows.get(0)[0])
                        == 1;
    }

    /**
     * As {@link #acquire}, where nobody may be left that has joined the last run: to undo what it does.
     */
    public static RunLock acquireAlone(JournalDatabase database, String name, String purpose) {
        RunLock lock = acquire(database, name, purpose);
        Participants participants = new Participants(database, name);
        participants.bury();
        String joined = participants.first();
        if (joined != null) {
            lock.close();
            throw refused(joined);
        }
        return lock;
    }

    private MigratorException refused() {
        List<String> holders =
                database.query("select holder from cm_lock where name = ?", row -> row.getString(1), name);
        return refused(
                holders.isEmpty()
                        ? "another process"
                        : LockHolder.fromText(holders.get(0)).describe());
    }

    private static MigratorException refused(String who) {
        return new MigratorException(
                ErrorCode.LOCKED,
                "Another run is at work on this project and target.",
                "The lock is held by " + who + ".",
                "Wait until it ends (`migrator status` shows it); a dead one loses the lock within " + LEASE.toSeconds()
                        + " s.");
    }

    private void renew() {
        try {
            long now = System.nanoTime();
            int kept = database.update(
                    "update cm_lock set lease_until = ? where name = ? and owner = ?",
                    database.now() + LEASE.toMillis(),
                    name,
                    owner);
            if (kept == 0) {
                lost.set("another process took it over");
            } else {
                renewed = now;
            }
        } catch (MigratorException e) {
            lost.set(e.why());
        }
    }

    /**
     * Fails when the lock was lost, so that a process that was paused for longer than its lease writes nothing more.
     */
    public void check() {
        String why = lost.get();
        if (why == null && System.nanoTime() - renewed > LEASE.toNanos()) {
            why = "this process did not run for a while";
        }
        if (why != null) {
            throw new MigratorException(
                    ErrorCode.LOCKED,
                    "This run lost its lock.",
                    "Its lease could not be renewed: " + why + ".",
                    "Run `migrator status`, then `migrator migrate --resume`.");
        }
    }

    /** As {@link #check()}, but asks the database: within a transaction, what is written in it is written by the holder only. */
    void confirm() {
        confirm(database);
    }

    /** The same over another connection to the same journal. */
    void confirm(JournalDatabase connection) {
        int held = connection.update(
                "update cm_lock set lease_until = lease_until where name = ? and owner = ?", name, owner);
        if (held == 0) {
            lost.set("another process took it over");
        }
        check();
    }

    /** Who holds a lock that is still valid, in words; null when nobody does. */
    public static @Nullable String holder(JournalDatabase database, String name) {
        return valid(database, name)
                .filter(holder -> !holder.isDead())
                .map(LockHolder::describe)
                .orElse(null);
    }

    /** Whether the holder of a lock is a process of another machine. */
    public static boolean isHeldElsewhere(JournalDatabase database, String name) {
        return valid(database, name).filter(holder -> !holder.isOnThisMachine()).isPresent();
    }

    private static Optional<LockHolder> valid(JournalDatabase database, String name) {
        return database
                .query(
                        "select holder from cm_lock where name = ? and lease_until >= ?",
                        row -> LockHolder.fromText(row.getString(1)),
                        name,
                        database.now())
                .stream()
                .findFirst();
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        lost.compareAndSet(null, "it was given back");
        database.update("delete from cm_lock where name = ? and owner = ?", name, owner);
    }
}
