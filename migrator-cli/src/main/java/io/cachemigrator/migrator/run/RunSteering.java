package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.ControlRecord;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunControl;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.project.Workspace;
import org.jspecify.annotations.Nullable;

/** Steers a run in progress from another process, through the journal. */
public final class RunSteering {
    private final Workspace workspace;

    /** Of a project. */
    public RunSteering(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What is asked.
     *
     * @param paused whether the copy is to wait; null = as it is
     * @param rate most keys a second, 0 = no limit; null = as it is
     * @param threads workers, 1 to 64; null = as it is
     */
    public record Request(
            @Nullable Boolean paused,
            @Nullable Integer rate,
            @Nullable Integer threads) {}

    /**
     * What is asked of a run from now on.
     *
     * @param runId the run
     * @param paused whether its copy waits
     * @param rate most keys a second, 0 = no limit; null = as it was started
     * @param threads workers; null = as it was started
     * @param atWork the process that will see it within a second; null = none, and the next one to resume the run will
     */
    public record Result(
            String runId,
            boolean paused,
            @Nullable Integer rate,
            @Nullable Integer threads,
            @Nullable String atWork) {}

    /**
     * Asks something of a run that has not ended.
     *
     * @param runId the run; null = the last one
     * @throws MigratorException when there is no such run, or it has ended
     */
    public Result ask(@Nullable String runId, Request request) {
        if (workspace.journal().isAbsent()) {
            throw noRun();
        }
        try (JournalDatabase database = JournalDatabase.open(workspace.journal())) {
            RunJournal journal = new RunJournal(database);
            RunRecord run = journal.runs(workspace.root().toString()).stream()
                    .filter(record -> runId == null || record.runId().equals(runId))
                    .findFirst()
                    .filter(RunSteering::isUnfinished)
                    .orElseThrow(RunSteering::noRun);
            RunControl control = journal.control();
            ControlRecord before = control.asked(run.runId());
            Boolean paused = request.paused();
            ControlRecord after = new ControlRecord(
                    paused == null ? before.paused() : paused,
                    request.rate() == null ? before.rate() : request.rate(),
                    request.threads() == null ? before.threads() : request.threads());
            control.ask(run.runId(), after);
            return new Result(
                    run.runId(),
                    after.paused(),
                    after.rate(),
                    after.threads(),
                    RunLock.holder(database, MigrationRun.lockName(workspace)));
        }
    }

    private static boolean isUnfinished(RunRecord run) {
        return run.state() == RunState.RUNNING || run.state() == RunState.INTERRUPTED || run.state() == RunState.FAILED;
    }

    private static MigratorException noRun() {
        return new MigratorException(
                ErrorCode.NO_SUCH_RUN,
                "There is no run to control.",
                "None is in progress or unfinished, or none has the id that was given.",
                "Run `migrator status` to see the runs.");
    }
}
