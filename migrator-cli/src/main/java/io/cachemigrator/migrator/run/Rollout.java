package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.journal.StepRecord;
import io.cachemigrator.migrator.journal.StepState;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageMoves;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the stage of a project and the processes that follow it, and moves it. */
public final class Rollout {
    private final Workspace workspace;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;

    /** For a project. */
    public Rollout(Workspace workspace, Clock clock, Cancellation cancellation, Progress progress) {
        this.workspace = workspace;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** How the roll-out stands. Changes nothing. */
    public RolloutReport show() {
        try (JournalDatabase database = JournalDatabase.openForReading(workspace.journal())) {
            if (database == null) {
                return RolloutReport.none(StageStore.file(workspace), StageStore.name(workspace));
            }
            try (StageStore store = new StageStore(workspace, new RunJournal(database), clock)) {
                return RolloutReport.of(store, StageStore.file(workspace), StageStore.name(workspace));
            }
        }
    }

    /**
     * Moves the stage, over those between.
     *
     * @param force whether it goes on without a verification, and without processes that override the stage
     */
    public RolloutReport move(Stage wanted, boolean force) {
        try (JournalDatabase database = JournalDatabase.open(workspace.journal());
                RunLock lock = RunLock.acquire(database, MigrationRun.lockName(workspace), "migrator rollout")) {
            RunJournal journal = new RunJournal(database);
            try (StageStore store = new StageStore(workspace, journal, clock)) {
                lock.check();
                refuseRolledBack(journal);
                if (StageMoves.readsTarget(wanted) && !StageMoves.readsTarget(store.current())) {
                    requireVerified(journal, store, force);
                }
                boolean leavesTarget = store.current() instanceof Stage.Consolidated && !StageMoves.readsTarget(wanted);
                if (leavesTarget) {
                    new CarryingBack(workspace, store, cancellation, progress, force).run();
                }
                new StageChange(store, cancellation, progress, force).to(wanted);
                return RolloutReport.of(store, StageStore.file(workspace), StageStore.name(workspace));
            }
        }
    }

    private void refuseRolledBack(RunJournal journal) {
        last(journal).filter(run -> run.state() == RunState.ROLLING_BACK).ifPresent(run -> {
            throw new MigratorException(
                    ErrorCode.UNFINISHED_RUN,
                    "Run " + run.runId() + " is being rolled back.",
                    "Its rollback did not end, and sets the stage itself.",
                    "Finish it with `migrator rollback --run " + run.runId() + "`.");
        });
    }

    private Optional<RunRecord> last(RunJournal journal) {
        return journal.runs(workspace.root().toString()).stream()
                .filter(run -> run.state() != RunState.UNDONE)
                .findFirst();
    }

    private void requireVerified(RunJournal journal, StageStore store, boolean force) {
        String why = unverified(journal, store);
        if (why == null) {
            return;
        }
        if (force) {
            progress.line("  overridden by --force: " + why);
            return;
        }
        throw new MigratorException(
                ErrorCode.NOT_VERIFIED,
                "The stage does not go past DUAL_WRITE.",
                why,
                "Run `migrator migrate --stage dual-write`, or use --force if reads may miss or be old.");
    }

    /** Why nobody knows whether the target has everything; null = it was verified, and kept up since. */
    private @Nullable String unverified(RunJournal journal, StageStore store) {
        RunRecord run = last(journal).orElse(null);
        if (run == null) {
            return "No run of this project has copied and compared the data.";
        }
        StepState verified = journal.steps(run.runId()).stream()
                .filter(step -> step.name().equals(StepName.VERIFY.text()))
                .map(StepRecord::state)
                .findFirst()
                .orElse(StepState.PENDING);
        if (verified == StepState.APPLIED_WITH_ERRORS) {
            return "The verification of run " + run.runId() + " found differences.";
        }
        Instant end = run.endedAt();
        if (verified != StepState.APPLIED || end == null) {
            return "Run " + run.runId() + " has compared no data, or has not ended.";
        }
        boolean whole = Documents.read(run.detail(), RunDetail.class).only().isEmpty();
        Instant both = store.bothSince();
        boolean keptUp = both != null && !both.isAfter(whole ? end : run.startedAt());
        return keptUp
                ? null
                : "Since run " + run.runId() + " has compared the data, changes were not written to both layouts.";
    }

    /** Names that a stage is asked for by. */
    public static List<String> names() {
        return List.of("legacy", "shadow", "dual-write", "canary", "consolidated");
    }
}
