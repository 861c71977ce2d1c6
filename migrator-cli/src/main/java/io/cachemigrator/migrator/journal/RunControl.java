package io.cachemigrator.migrator.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of runs in progress, and how fast they say they are. Every method is one transaction. Thread safe. */
public final class RunControl {
    private static final int FIRST_SCHEMA = 2;

    private final JournalDatabase database;

    /** Over an open database, which it does not close. */
    public RunControl(JournalDatabase database) {
        this.database = database;
    }

    /** Asks something of a run; it replaces what was asked before. */
    public void ask(String runId, ControlRecord control) {
        database.update(
                "insert into cm_control (run_id, paused, rate, threads, updated_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (run_id) do update set paused = excluded.paused, rate = excluded.rate,"
                        + " threads = excluded.threads, updated_at = excluded.updated_at",
                runId,
                control.paused() ? 1 : 0,
                control.rate(),
                control.threads(),
                database.now());
    }

    /** What was last asked of a run. */
    public ControlRecord asked(String runId) {
        if (database.schemaVersion() < FIRST_SCHEMA) {
            return ControlRecord.NONE;
        }
        return database
                .query(
                        "select paused, rate, threads from cm_control where run_id = ?",
                        row -> new ControlRecord(row.getInt(1) != 0, number(row, 2), number(row, 3)),
                        runId)
                .stream()
                .findFirst()
                .orElse(ControlRecord.NONE);
    }

    private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    /** Notes how fast a run is. */
    public void pace(String runId, double keysPerSecond, double secondsLeft, String reason) {
        database.update(
                "insert into cm_pace (run_id, keys_per_second, seconds_left, reason, updated_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (run_id) do update set keys_per_second = excluded.keys_per_second,"
                        + " seconds_left = excluded.seconds_left, reason = excluded.reason,"
                        + " updated_at = excluded.updated_at",
                runId,
                keysPerSecond,
                secondsLeft,
                reason,
                database.now());
    }

    /** How fast a run last said it is; empty when it never did. */
    public Optional<PaceRecord> pace(String runId) {
        if (database.schemaVersion() < FIRST_SCHEMA) {
            return Optional.empty();
        }
        return database
                .query(
                        "select keys_per_second, seconds_left, reason, updated_at from cm_pace where run_id = ?",
                        row -> new PaceRecord(row.getDouble(1), row.getDouble(2), row.getString(3), row.getLong(4)),
                        runId)
                .stream()
                .findFirst();
    }

    /** Notes how fast a process copies that has joined a run. */
    public void worker(String runId, String owner, double keysPerSecond, String reason) {
        database.update(
                "insert into cm_worker (run_id, owner, keys_per_second, reason, updated_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (run_id, owner) do update set keys_per_second = excluded.keys_per_second,"
                        + " reason = excluded.reason, updated_at = excluded.updated_at",
                runId,
                owner,
                keysPerSecond,
                reason,
                database.now());
    }

    /** How many keys a second a process that has joined a run last said it copies; 0 when it never did. */
    public double workerRate(String runId, String owner) {
        return database
                .query(
                        "select keys_per_second from cm_worker where run_id = ? and owner = ?",
                        row -> row.getDouble(1),
                        runId,
                        owner)
                .stream()
                .findFirst()
                .orElse(0.0);
    }
}
