package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.backup.ProjectFiles;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.KeyspaceSetting;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.FileChange;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a run: the stage first, then settings and sources to the byte, then the copies in the target. A rollback that was
 * killed is run again and ends the same.
 */
public final class RollbackRun {
    private final Workspace workspace;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;

    /** For a project. */
    public RollbackRun(Workspace workspace, Clock clock, Cancellation cancellation, Progress progress) {
        this.workspace = workspace;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * Undoes a run.
     *
     * @param runId which one; null = the last that is not undone
     * @param force whether files that were changed since are overwritten
     */
    public RollbackReport undo(@Nullable String runId, boolean force) {
        if (workspace.journal().isAbsent()) {
            throw noRun(runId);
        }
        try (JournalDatabase database = JournalDatabase.open(workspace.journal());
                RunLock lock = RunLock.acquireAlone(database, MigrationRun.lockName(workspace), "migrator rollback")) {
            RunJournal journal = new RunJournal(database);
            RunRecord run = find(journal, runId);
            RunDetail detail = Documents.read(run.detail(), RunDetail.class);
            refuseOtherTarget(run);
            List<FileChange> changes = changesToUndo(journal, run, detail, force);
            // a backup that cannot be read is noticed before anything is touched
            changes.forEach(change -> RunContext.backupOf(workspace).read(change.beforeSha256()));
            journal.runState(run.runId(), RunState.ROLLING_BACK, null, null);
            long carriedBack = takeBack(journal, run, force);
            progress.line("Reads and writes are on the legacy path");
            RollbackReport.Files files = restore(journal, run, changes);
            progress.line(files.restored() + " files restored, " + files.identical() + " identical to before the run");
            lock.check();
            RollbackReport.Keys keys = data(journal, run, carriedBack);
            progress.line(keys.removed() + " copied entries removed from the target");
            if (!journal.settings(run.runId()).isEmpty()) {
                KeyspaceSetting.restore(workspace.requireLegacy(), journal, run.runId(), progress);
            }
            journal.dropSlices(run.runId());
            forgetStage(journal);
            journal.runState(run.runId(), RunState.UNDONE, null, clock.instant());
            return new RollbackReport(run.runId(), "COMPLETED", files, keys, List.of());
        }
    }

    private RunRecord find(RunJournal journal, @Nullable String runId) {
        return journal.runs(workspace.root().toString()).stream()
                .filter(run ->
                        runId == null ? run.state().isUndoable() : run.runId().equals(runId))
                .findFirst()
                .filter(run -> run.state().isUndoable())
                .orElseThrow(() -> noRun(runId));
    }

    private void refuseOtherTarget(RunRecord run) {
        Plan plan = Plan.ofJournal(run.plan());
        if (plan.legacy().isEmpty()) {
            return;
        }
        String target = workspace.requireTarget().toString();
        if (!plan.target().equals(target)) {
            throw new MigratorException(
                    ErrorCode.PLAN_DRIFTED,
                    "Run " + run.runId() + " copied to another target.",
                    "It wrote to '" + plan.target() + "', and '" + target + "' was named.",
                    "Name that target with --target.");
        }
    }

    private static MigratorException noRun(@Nullable String runId) {
        return new MigratorException(
                ErrorCode.NO_SUCH_RUN,
                "There is no run to undo" + (runId == null ? "." : " with the id '" + runId + "'."),
                "No run of this project is in the journal that was not undone.",
                "`migrator status` lists the runs; --journal names another journal.");
    }

    /** Which files are to be put back; refused before anything is touched when one was changed since. */
    private List<FileChange> changesToUndo(RunJournal journal, RunRecord run, RunDetail detail, boolean force) {
        ProjectFiles files = new ProjectFiles(workspace.root());
        List<FileChange> changes = new ArrayList<>();
        List<String> changedSince = new ArrayList<>();
        for (FileChange change : journal.fileChanges(run.runId())) {
            String current = java.nio.file.Files.exists(files.resolve(change.path()))
                    ? ContentStore.sha256(files.read(change.path()))
                    : "";
            if (!current.equals(change.beforeSha256())) {
                changes.add(change);
                if (!current.equals(change.afterSha256())) {
                    changedSince.add(change.path());
                }
            }
        }
        if (!changes.isEmpty() && !detail.backup()) {
            throw new MigratorException(
                    ErrorCode.NO_SUCH_RUN,
                    "The files of run " + run.runId() + " cannot be restored.",
                    "It was made with --no-backup.",
                    "Restore " + changes.get(0).path()
                            + " and the others from your version control, then run it again.");
        }
        if (!changedSince.isEmpty() && !force) {
            throw new MigratorException(
                    ErrorCode.FILE_CHANGED_SINCE,
                    "Files were changed since run " + run.runId() + ": " + String.join(", ", changedSince) + ".",
                    "Restoring them would lose those changes.",
                    "Save your changes, then run `migrator rollback --force`.");
        }
        return changes;
    }

    private RollbackReport.Files restore(RunJournal journal, RunRecord run, List<FileChange> changes) {
        ProjectFiles files = new ProjectFiles(workspace.root());
        ContentStore backup = RunContext.backupOf(workspace);
        for (FileChange change : changes) {
            cancellation.check();
            files.replace(change.path(), backup.read(change.beforeSha256()));
        }
        int identical = 0;
        for (FileChange change : journal.fileChanges(run.runId())) {
            files.forgetUnfinished(change.path());
            identical += ContentStore.sha256(files.read(change.path())).equals(change.beforeSha256()) ? 1 : 0;
        }
        return new RollbackReport.Files(changes.size(), identical);
    }

    /** Reads go to the legacy layout at once; changes of the target go with them before it is no longer written. */
    private long takeBack(RunJournal journal, RunRecord run, boolean force) {
        try (StageStore store = new StageStore(workspace, journal, clock)) {
            if (Plan.ofJournal(run.plan()).legacy().isEmpty()) {
                store.set(new Stage.Legacy());
                return 0;
            }
            boolean both = !(store.current() instanceof Stage.Legacy) && !(store.current() instanceof Stage.Shadow);
            long carried = both
                    ? new CarryingBack(workspace, store, cancellation, progress, force)
                            .run()
                            .carriedBack()
                    : 0;
            new StageChange(store, cancellation, progress, force).to(new Stage.Legacy());
            return carried;
        }
    }

    /** Nothing of the run is left in the target. */
    private void forgetStage(RunJournal journal) {
        try (StageStore store = new StageStore(workspace, journal, clock)) {
            store.forget();
        }
    }

    private RollbackReport.Keys data(RunJournal journal, RunRecord run, long carriedBack) {
        Plan plan = Plan.ofJournal(run.plan());
        if (plan.legacy().isEmpty()) {
            return new RollbackReport.Keys(0, 0, 0, carriedBack);
        }
        DataMover mover = new DataMover(
                workspace.requireLegacy(), workspace.requireTarget(), new Families(workspace).selected(), cancellation);
        DataMover.Undone undone = mover.undo(run.runId(), journal, RunContext.backupOf(workspace));
        return new RollbackReport.Keys(undone.restored(), undone.removed(), undone.keptNewer(), carriedBack);
    }
}
