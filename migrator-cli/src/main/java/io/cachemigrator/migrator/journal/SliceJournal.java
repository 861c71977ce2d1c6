package io.cachemigrator.migrator.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The slices that a run's copy is cut into. One process hands them out; every process claims them one by one for each of its
 * workers, and takes each out once it is done. A slice whose owner has lost its lease is claimed by another one, and what the
 * first one brings then is refused. Every method is one transaction. Thread safe.
 */
public final class SliceJournal implements AutoCloseable {
    private static final int CANDIDATES = 8;
    private static final int FIRST_SCHEMA = 3;
    private static final String NOTHING = "";

    /** Not claimed, or by a process that has lost its lease. */
    private static final String FREE =
            "(owner is null or not exists (select 1 from cm_lock where cm_lock.owner = cm_slice.owner))";

    private final JournalDatabase database;
    private final String runId;
    private final RunLock lock;

    /** Over a connection of its own, which it closes. */
    SliceJournal(JournalDatabase database, String runId, RunLock lock) {
        this.database = database;
        this.runId = runId;
        this.lock = lock;
    }

    private void write(Runnable changes) {
        database.inTransaction(() -> {
            lock.confirm(database);
            changes.run();
        });
    }

    static List<Checkpoint> checkpoints(JournalDatabase database, String runId) {
        String handedOut = database.schemaVersion() < FIRST_SCHEMA ? "done" : "handed_out";
        return database.query(
                "select slice, position, server, counts, " + handedOut
                        + ", done from cm_checkpoint where run_id = ? order by slice",
                row -> new Checkpoint(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5) != 0,
                        row.getInt(6) != 0),
                runId);
    }

    /** How far every part has come. */
    public List<Checkpoint> checkpoints() {
        return checkpoints(database, runId);
    }

    private Optional<Checkpoint> checkpoint(String part) {
        return checkpoints().stream().filter(one -> one.part().equals(part)).findFirst();
    }

    /**
     * Begins a part, or goes on with it. Where another server has given the cursor, it begins anew.
     *
     * @param start position of the first page
     * @param noCounts counters of nothing
     */
    public Checkpoint begin(String part, String server, String start, String noCounts) {
        write(() -> {
            Checkpoint before = checkpoint(part).orElse(null);
            if (before != null && (before.done() || before.server().equals(server))) {
                return;
            }
            database.update("delete from cm_slice where run_id = ? and part = ?", runId, part);
            database.update(
                    "insert into cm_checkpoint (run_id, slice, position, server, counts, done, updated_at, handed_out)"
                            + " values (?, ?, ?, ?, ?, 0, ?, 0) on conflict (run_id, slice) do update set"
                            + " position = excluded.position, server = excluded.server, counts = excluded.counts,"
                            + " done = 0, handed_out = 0",
                    runId,
                    part,
                    start,
                    server,
                    noCounts,
                    System.currentTimeMillis());
        });
        return checkpoint(part).orElseThrow();
    }

    /** Hands out slices, and notes where their keys end: a crash loses both or neither. */
    public void handOut(String part, List<List<byte[]>> slices, String position, boolean all) {
        List<String> texts = slices.stream().map(KeyText::of).toList();
        write(() -> {
            long next = database.query(
                            "select next_slice from cm_checkpoint where run_id = ? and slice = ?",
                            row -> row.getLong(1),
                            runId,
                            part)
                    .get(0);
            for (String text : texts) {
                database.update(
                        "insert into cm_slice (run_id, part, number, entry_keys, owner, fence) values (?, ?, ?, ?, ?, 0)",
                        runId,
                        part,
                        next++,
                        text,
                        null);
            }
            database.update(
                    "update cm_checkpoint set position = ?, handed_out = ?, next_slice = ? where run_id = ? and slice = ?",
                    position,
                    all ? 1 : 0,
                    next,
                    runId,
                    part);
        });
    }

    /** Notes that every slice of a part is done. */
    public void done(String part) {
        write(() -> database.update("update cm_checkpoint set done = 1 where run_id = ? and slice = ?", runId, part));
    }

    /** How many slices of a part nobody works on. */
    public int waiting(String part) {
        return count("select count(*) from cm_slice where run_id = ? and part = ? and " + FREE, part);
    }

    /** How many slices of a part are not done. */
    public int open(String part) {
        return count("select count(*) from cm_slice where run_id = ? and part = ?", part);
    }

    private int count(String sql, String part) {
        return database.query(sql, row -> row.getInt(1), runId, part).get(0);
    }

    /** Claims the next slice; null = there is none at the moment. */
    public @Nullable Slice claim(String part) {
        if (waiting(part) == 0) {
            return null;
        }
        List<Slice> claimed = new ArrayList<>(1);
        write(() -> claimNext(part, claimed));
        return claimed.isEmpty() ? null : claimed.get(0);
    }

    private void claimNext(String part, List<Slice> claimed) {
        List<long[]> candidates = database.query(
                "select number, fence from cm_slice where run_id = ? and part = ? and " + FREE
                        + " order by number limit " + CANDIDATES,
                row -> new long[] {row.getLong(1), row.getLong(2)},
                runId,
                part);
        for (long[] candidate : candidates) {
            int won = database.update(
                    "update cm_slice set owner = ?, fence = fence + 1 where run_id = ? and part = ? and number = ?"
                            + " and fence = ? and " + FREE,
                    lock.owner(),
                    runId,
                    part,
                    candidate[0],
                    candidate[1]);
            if (won == 1) {
                claimed.add(new Slice(part, candidate[0], candidate[1] + 1, keys(part, candidate[0])));
                return;
            }
        }
    }

    private List<byte[]> keys(String part, long number) {
        return database.query(
                        "select entry_keys from cm_slice where run_id = ? and part = ? and number = ?",
                        row -> KeyText.read(row.getString(1)),
                        runId,
                        part,
                        number)
                .get(0);
    }

    /**
     * What a worker has left.
     *
     * @param taken whether its result was taken; false = another one has the slice, or its part begins anew
     * @param next the slice that it works on next; null = none
     */
    public record Finished(boolean taken, @Nullable Slice next) {}

    /**
     * Takes a slice out that is done, adds what came of it, and claims the next one.
     *
     * @param addition adds the counters of the slice to those of its part
     * @param claimNext whether there is to be a next one
     */
    public Finished finish(
            Slice slice, UnaryOperator<String> addition, List<QuarantineRecord> quarantined, boolean claimNext) {
        boolean[] taken = new boolean[1];
        List<Slice> next = new ArrayList<>(1);
        write(() -> {
            taken[0] = database.update(
                            "delete from cm_slice where run_id = ? and part = ? and number = ? and owner = ? and fence = ?",
                            runId,
                            slice.part(),
                            slice.number(),
                            lock.owner(),
                            slice.fence())
                    == 1;
            if (taken[0]) {
                quarantine(quarantined);
                add(slice.part(), addition);
            }
            if (claimNext) {
                claimNext(slice.part(), next);
            }
        });
        return new Finished(taken[0], next.isEmpty() ? null : next.get(0));
    }

    private void quarantine(List<QuarantineRecord> quarantined) {
        for (QuarantineRecord entry : quarantined) {
            database.update(
                    "insert into cm_quarantine (run_id, entry_key, key_space, reason, detail) values (?, ?, ?, ?, ?)"
                            + " on conflict (run_id, entry_key) do update set reason = excluded.reason,"
                            + " detail = excluded.detail",
                    runId,
                    entry.key(),
                    entry.keySpace(),
                    entry.reason(),
                    entry.detail());
        }
    }

    /** The row is written before it is read, so that nobody else adds to it in between. */
    private void add(String part, UnaryOperator<String> addition) {
        database.update(
                "update cm_checkpoint set updated_at = ? where run_id = ? and slice = ?",
                System.currentTimeMillis(),
                runId,
                part);
        String counts = database
                .query(
                        "select counts from cm_checkpoint where run_id = ? and slice = ?",
                        row -> row.getString(1),
                        runId,
                        part)
                .stream()
                .findFirst()
                .orElse(NOTHING);
        database.update(
                "update cm_checkpoint set counts = ? where run_id = ? and slice = ?",
                addition.apply(counts),
                runId,
                part);
    }

    @Override
    public void close() {
        database.close();
    }
}
