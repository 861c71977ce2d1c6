package io.cachemigrator.migrator.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes what the journal keeps of runs. Every method is one transaction. Thread safe. */
public final class RunJournal {
    private static final int FOLLOWERS_SINCE = 4;
    private static final int USAGE_SINCE = 5;

    private static final String RUN_COLUMNS =
            "run_id, project, target, plan_sha256, plan, state, outcome, detail, started_at, ended_at";

    private static final int SETTINGS_SCHEMA = 3;

    private final JournalDatabase database;
    private final @Nullable RunLock lock;

    /** Over an open database, which it does not close. */
    public RunJournal(JournalDatabase database) {
        this(database, null);
    }

    private RunJournal(JournalDatabase database, @Nullable RunLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /**
     * The same journal, where every write is refused with {@link io.cachemigrator.migrator.error.ErrorCode#LOCKED} once another
     * process has the lock: what that one has written stays.
     */
    public RunJournal heldBy(RunLock holder) {
        return new RunJournal(database, holder);
    }

    private void write(Runnable changes) {
        database.inTransaction(() -> {
            if (lock != null) {
                lock.confirm();
            }
            changes.run();
        });
    }

    /** How runs in progress are steered. */
    public RunControl control() {
        return new RunControl(database);
    }

    /** The processes that have joined the run under a lock. */
    public Participants participants(String lockName) {
        return new Participants(database, lockName);
    }

    /** Records a new run with its steps, all pending. */
    public void startRun(RunRecord run, List<String> steps) {
        write(() -> {
            database.update(
                    "insert into cm_run (" + RUN_COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run.runId(),
                    run.project(),
                    run.target(),
                    run.planSha256(),
                    run.plan(),
                    run.state().name(),
                    run.outcome(),
                    run.detail(),
                    run.startedAt().toEpochMilli(),
                    null);
            for (int i = 0; i < steps.size(); i++) {
                database.update(
                        "insert into cm_step (run_id, ordinal, name, state, detail, started_at, duration_ms)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        run.runId(),
                        i,
                        steps.get(i),
                        StepState.PENDING.name(),
                        "{}",
                        null,
                        0L);
            }
        });
    }

    /** Records where a run stands. */
    public void runState(String runId, RunState state, @Nullable String outcome, @Nullable Instant endedAt) {
        write(() -> database.update(
                "update cm_run set state = ?, outcome = coalesce(?, outcome), ended_at = ? where run_id = ?",
                state.name(),
                outcome,
                endedAt == null ? null : endedAt.toEpochMilli(),
                runId));
    }

    /** Records where a step stands. */
    public void step(String runId, StepRecord step) {
        write(() -> database.update(
                "update cm_step set state = ?, detail = ?, duration_ms = ? where run_id = ? and ordinal = ?",
                step.state().name(),
                step.detail(),
                step.durationMs(),
                runId,
                step.ordinal()));
    }

    /** Steps of a run in order. */
    public List<StepRecord> steps(String runId) {
        return database.query(
                "select ordinal, name, state, detail, duration_ms from cm_step where run_id = ? order by ordinal",
                row -> new StepRecord(
                        row.getInt(1),
                        row.getString(2),
                        StepState.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getLong(5)),
                runId);
    }

    /** Runs of a project, newest first. */
    public List<RunRecord> runs(String project) {
        return database.query(
                "select " + RUN_COLUMNS + " from cm_run where project = ? order by started_at desc, run_id desc",
                row -> new RunRecord(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        RunState.valueOf(row.getString(6)),
                        row.getString(7),
                        row.getString(8),
                        Instant.ofEpochMilli(row.getLong(9)),
                        instantOrNull(row.getLong(10))),
                project);
    }

    private static @Nullable Instant instantOrNull(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** The slices of a run's copy, claimed and finished by who holds {@code holder}, over a connection of their own. */
    public SliceJournal slices(String runId, RunLock holder) {
        return new SliceJournal(database.another(), runId, holder);
    }

    /** Forgets the slices of a run that will not be copied any more. */
    public void dropSlices(String runId) {
        write(() -> database.update("delete from cm_slice where run_id = ?", runId));
    }

    /** How far every part of a run's copy has come. */
    public List<Checkpoint> checkpoints(String runId) {
        return SliceJournal.checkpoints(database, runId);
    }

    /** How many entries a run set aside. */
    public long quarantineCount(String runId) {
        return database.query("select count(*) from cm_quarantine where run_id = ?", row -> row.getLong(1), runId)
                .get(0);
    }

    /** Entries that a run set aside, by key; at most {@code limit}. */
    public List<QuarantineRecord> quarantined(String runId, int limit) {
        return database.query(
                "select entry_key, key_space, reason, detail from cm_quarantine where run_id = ?"
                        + " order by entry_key limit " + limit,
                row -> new QuarantineRecord(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                runId);
    }

    /** Records a server's setting before a run changes it. What was recorded first stays. */
    public void setting(String runId, SettingRecord setting) {
        write(() -> database.update(
                "insert into cm_setting (run_id, server, name, before_value, set_value) values (?, ?, ?, ?, ?)"
                        + " on conflict (run_id, server, name) do nothing",
                runId,
                setting.server(),
                setting.name(),
                setting.before(),
                setting.changed()));
    }

    /** Settings of servers that a run has changed and not set back. */
    public List<SettingRecord> settings(String runId) {
        if (database.schemaVersion() < SETTINGS_SCHEMA) {
            return List.of();
        }
        return database.query(
                "select server, name, before_value, set_value from cm_setting where run_id = ? order by server, name",
                row -> new SettingRecord(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                runId);
    }

    /** Notes that a setting is what it was before. */
    public void dropSetting(String runId, SettingRecord setting) {
        write(() -> database.update(
                "delete from cm_setting where run_id = ? and server = ? and name = ?",
                runId,
                setting.server(),
                setting.name()));
    }

    /** Records a file before it is changed. Recording it again changes nothing. */
    public void fileChange(String runId, FileChange change) {
        write(() -> database.update(
                "insert into cm_file_change (run_id, path, kind, before_sha, after_sha) values (?, ?, ?, ?, ?)"
                        + " on conflict (run_id, path) do nothing",
                runId,
                change.path(),
                change.kind(),
                change.beforeSha256(),
                change.afterSha256()));
    }

    /** Files that a run changes, by path. */
    public List<FileChange> fileChanges(String runId) {
        return database.query(
                "select path, kind, before_sha, after_sha from cm_file_change where run_id = ? order by path",
                row -> new FileChange(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                runId);
    }

    /** Records that a run replaces an earlier run's entry, whose bytes are in the backup. Again changes nothing. */
    public void overwritten(String runId, String region, String id, String backupSha256) {
        write(() -> database.update(
                "insert into cm_overwritten (run_id, region, id, backup_sha) values (?, ?, ?, ?)"
                        + " on conflict (run_id, region, id) do nothing",
                runId,
                region,
                id,
                backupSha256));
    }

    /** Entries that a run replaced: region, id and the backup's name of the old bytes. */
    public List<OverwrittenRecord> overwritten(String runId) {
        return database.query(
                "select region, id, backup_sha from cm_overwritten where run_id = ? order by region, id",
                row -> new OverwrittenRecord(row.getString(1), row.getString(2), row.getString(3)),
                runId);
    }

    /** Whether applications can follow the stage here: an older journal, opened only to be read, has no place for them. */
    public boolean hasFollowers() {
        return database.schemaVersion() >= FOLLOWERS_SINCE;
    }

    /** Whether applications can leave here which legacy call sites are alive. */
    public boolean hasUsage() {
        return database.schemaVersion() >= USAGE_SINCE;
    }

    /** Sets the stage of a project. */
    public void stage(String project, StageRecord stage) {
        write(() -> database.update(
                "insert into cm_stage (project, name, percent, since) values (?, ?, ?, ?)"
                        + " on conflict (project) do update set name = excluded.name, percent = excluded.percent,"
                        + " since = excluded.since",
                project,
                stage.name(),
                stage.percent(),
                stage.since().toEpochMilli()));
    }

    /** The stage of a project; empty when none was ever set. */
    public Optional<StageRecord> stage(String project) {
        return database
                .query(
                        "select name, percent, since from cm_stage where project = ?",
                        row -> new StageRecord(row.getString(1), row.getInt(2), Instant.ofEpochMilli(row.getLong(3))),
                        project)
                .stream()
                .findFirst();
    }
}
