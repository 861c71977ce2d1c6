package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.report.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Helps a run that another process leads: copies slices of it, and when the leader dies, leads the run to its end. Several processes
 * may help; one of them takes over.
 */
public final class JoiningRun {
    private static final String PURPOSE = "migrator migrate --join";

    private final Workspace workspace;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;

    /** For a project. */
    public JoiningRun(Workspace workspace, Clock clock, Cancellation cancellation, Progress progress) {
        this.workspace = workspace;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * Helps the run that is at work, until it has ended.
     *
     * @throws MigratorException when no run is at work, or this process cannot take part in it
     */
    public MigrateReport join(MigrateOptions options) {
        if (workspace.journal().isAbsent()) {
            throw noRun();
        }
        String runId = null;
        while (true) {
            try (JournalDatabase database = JournalDatabase.open(workspace.journal())) {
                RunRecord run = runId == null ? atWork(database) : record(database, runId);
                runId = run.runId();
                MigrateOptions own = options.withRate(
                        Documents.read(run.detail(), RunDetail.class).rate());
                MigrateReport report = help(database, run, own);
                if (report == null) {
                    progress.line("Nobody leads run " + runId + " any more: its process has died");
                    report = lead(own);
                }
                if (report != null) {
                    return report;
                }
            }
        }
    }

    private RunRecord atWork(JournalDatabase database) {
        RunRecord run = new RunJournal(database)
                .runs(workspace.root().toString()).stream()
                        .findFirst()
                        .filter(last -> last.state() == RunState.RUNNING)
                        .orElseThrow(JoiningRun::noRun);
        new MigrationRun(workspace, clock, cancellation, progress).refuseOtherStores(Plan.ofJournal(run.plan()));
        if (database.isFile() && RunLock.isHeldElsewhere(database, MigrationRun.lockName(workspace))) {
            throw new MigratorException(
                    ErrorCode.JOURNAL_UNUSABLE,
                    "This process cannot join run " + run.runId() + ".",
                    "Its journal is a file, and the process that leads it runs on another machine: they cannot share it.",
                    "Join on that machine, or keep the journal in PostgreSQL (--journal) from the run's start.");
        }
        return run;
    }

    private RunRecord record(JournalDatabase database, String runId) {
        return new RunJournal(database)
                .runs(workspace.root().toString()).stream()
                        .filter(run -> run.runId().equals(runId))
                        .findFirst()
                        .orElseThrow(JoiningRun::noRun);
    }

    /** Null when it has not ended, and nobody leads it. */
    private @Nullable MigrateReport help(JournalDatabase database, RunRecord run, MigrateOptions options) {
        String lockName = MigrationRun.lockName(workspace);
        try (RunLock lease = RunLock.join(database, lockName, PURPOSE)) {
            RunJournal journal = new RunJournal(database).heldBy(lease);
            RunContext context = context(run, journal, lease, options);
            progress.line("Joined run " + run.runId() + ", which applies plan "
                    + run.planSha256().substring(0, 12));
            DataMover.Leadership end = context.mover()
                    .help(
                            context.copyRequest(),
                            journal,
                            context.backup(),
                            lease,
                            progress,
                            () -> leadership(database, run.runId(), context.backup()));
            return end == DataMover.Leadership.ENDED ? ended(database, context) : null;
        }
    }

    private MigrateReport ended(JournalDatabase database, RunContext context) {
        String outcome = record(database, context.runId()).outcome();
        progress.line("Run " + context.runId() + " has ended: " + outcome);
        return new RunReports(context)
                .of(outcome == null ? MigrateReport.Outcome.INTERRUPTED : MigrateReport.Outcome.valueOf(outcome));
    }

    private DataMover.Leadership leadership(JournalDatabase database, String runId, ContentStore backup) {
        boolean led = RunLock.holder(database, MigrationRun.lockName(workspace)) != null;
        RunState state = record(database, runId).state();
        if (state != RunState.RUNNING) {
            return DataMover.Leadership.ENDED;
        }
        refuseOtherFolder(database, runId, backup);
        return led ? DataMover.Leadership.LED : DataMover.Leadership.LEADERLESS;
    }

    /** What a copy replaces is kept in the project's folder, where a rollback by any process has to find it. */
    private static void refuseOtherFolder(JournalDatabase database, String runId, ContentStore backup) {
        boolean copying = !new RunJournal(database).checkpoints(runId).isEmpty();
        if (copying && !backup.has(token(runId))) {
            throw new MigratorException(
                    ErrorCode.NO_PROJECT,
                    "This process cannot join run " + runId + ".",
                    "The backup of the run is not in " + backup.folder()
                            + ": it works in another folder of the same name, on another machine.",
                    "Join where the project's folder is the same one: on that machine, or on a shared file system.");
        }
    }

    /** Marks the backup folder of a run before its data are copied. */
    static void markBackup(RunContext context) {
        String unused = context.backup().store(token(context.runId()));
    }

    private static byte[] token(String runId) {
        return ("backup of " + runId).getBytes(StandardCharsets.UTF_8);
    }

    private RunContext context(RunRecord run, RunJournal journal, RunLock lease, MigrateOptions options) {
        return new RunContext(
                workspace,
                Plan.ofJournal(run.plan()),
                new Families(workspace).selected(),
                run.runId(),
                journal,
                lease,
                options,
                cancellation,
                progress);
    }

    /** Null when another process was faster; or the run has ended in the very moment. */
    private @Nullable MigrateReport lead(MigrateOptions options) {
        try {
            return new MigrationRun(workspace, clock, cancellation, progress).resume(options);
        } catch (MigratorException e) {
            if (e.code() == ErrorCode.LOCKED || e.code() == ErrorCode.NO_SUCH_RUN) {
                return null;
            }
            throw e;
        }
    }

    private static MigratorException noRun() {
        return new MigratorException(
                ErrorCode.NO_SUCH_RUN,
                "There is no run to join.",
                "No run of this project is at work in the journal.",
                "Start one with `migrator migrate`, or go on with one that has stopped with `migrator migrate --resume`.");
    }
}
