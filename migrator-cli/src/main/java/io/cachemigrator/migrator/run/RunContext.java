package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.backup.ProjectFiles;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Clock;

/**
 * What the steps of one run work with.
 *
 * @param workspace the project
 * @param plan the plan it applies
 * @param maps maps of its families
 * @param runId its id
 * @param journal where it is journaled
 * @param lock held while it runs
 * @param options how it was asked to run
 * @param cancellation asked at safe points
 * @param progress told how far it is
 */
record RunContext(
        Workspace workspace,
        Plan plan,
        MapSet maps,
        String runId,
        RunJournal journal,
        RunLock lock,
        MigrateOptions options,
        Cancellation cancellation,
        Progress progress) {

    ContentStore backup() {
        return backupOf(workspace);
    }

    static ContentStore backupOf(Workspace workspace) {
        return new ContentStore(workspace.stateFolder().resolve("backup"));
    }

    ProjectTests tests() {
        return new ProjectTests(workspace.root(), workspace.stateFolder().resolve("verify"), cancellation, progress);
    }

    ProjectFiles files() {
        return new ProjectFiles(workspace.root());
    }

    boolean hasData() {
        return !plan.legacy().isEmpty();
    }

    DataMover mover() {
        return new DataMover(workspace.requireLegacy(), workspace.requireTarget(), maps, cancellation);
    }

    DataMover.CopyRequest copyRequest() {
        return new DataMover.CopyRequest(
                runId,
                options.threads(),
                options.rate(),
                plan.estimate().keys(),
                legacyCounts(),
                journal.participants(MigrationRun.lockName(workspace)));
    }

    /**
     * Whether the legacy layout counts, so that what is older in the target may be replaced though the application wrote it.
     * Where no process follows the stage there are no mirrors, and what the application wrote to the target is its own.
     */
    private boolean legacyCounts() {
        try (StageStore store = new StageStore(workspace, journal, Clock.systemUTC())) {
            return !(store.current() instanceof Stage.Consolidated)
                    && !store.present().isEmpty();
        }
    }
}
