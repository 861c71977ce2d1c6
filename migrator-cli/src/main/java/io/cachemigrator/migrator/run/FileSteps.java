package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.backup.ProjectFiles;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.FileChange;
import io.cachemigrator.migrator.journal.StepState;
import io.cachemigrator.migrator.plan.PlanFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that change files: what is to be written is stored before the first file is touched. */
final class FileSteps {
    private final RunContext context;

    FileSteps(RunContext context) {
        this.context = context;
    }

    /**
     * What the backup holds.
     *
     * @param sha256 hash over the list of files and contents
     * @param files how many files
     */
    record BackupDetail(String sha256, int files) {}

    /**
     * What was written.
     *
     * @param files how many files
     */
    record FilesDetail(int files) {}

    /**
     * Stores old and new content of every file, so that the run can be undone, and resumed without working out anew.
     *
     * @param keepOld whether the run was started with a backup; a resumed one keeps to it
     */
    StepOutcome backup(Planned planned, boolean keepOld) {
        Map<String, byte[]> wanted = new HashMap<>();
        planned.source().patches().forEach(patch -> wanted.put(patch.file(), patch.after()));
        planned.settings().changes().forEach(change -> wanted.put(change.path(), change.after()));
        ContentStore store = context.backup();
        StringBuilder manifest = new StringBuilder();
        int files = 0;
        for (PlanFile file : context.plan().files()) {
            byte[] before = context.files().read(file.file());
            byte[] after = wanted.get(file.file());
            if (after == null
                    || !ContentStore.sha256(before).equals(file.beforeSha256())
                    || !ContentStore.sha256(after).equals(file.afterSha256())) {
                throw changed(file.file());
            }
            if (keepOld) {
                store.store(before);
            }
            store.store(after);
            context.journal()
                    .fileChange(
                            context.runId(),
                            new FileChange(file.file(), file.kind(), file.beforeSha256(), file.afterSha256()));
            manifest.append(file.beforeSha256())
                    .append("  ")
                    .append(file.file())
                    .append('\n');
            files++;
        }
        String sha = store.store(manifest.toString().getBytes(StandardCharsets.UTF_8));
        String summary = keepOld
                ? files + " files kept in " + store.folder()
                : "no backup, as asked: changed files cannot be restored by rollback";
        return StepOutcome.applied(new BackupDetail(sha, files), summary);
    }

    /** Writes the files of one kind. A file that is written already is left, so that the step can be repeated. */
    StepOutcome write(String kind) {
        ContentStore store = context.backup();
        ProjectFiles files = context.files();
        List<FileChange> changes = new ArrayList<>();
        for (FileChange change : context.journal().fileChanges(context.runId())) {
            if (change.kind().equals(kind)) {
                changes.add(change);
            }
        }
        if (changes.isEmpty()) {
            return StepOutcome.skipped("nothing to change");
        }
        for (FileChange change : changes) {
            context.cancellation().check();
            String current = ContentStore.sha256(files.read(change.path()));
            if (current.equals(change.beforeSha256())) {
                files.replace(change.path(), store.read(change.afterSha256()));
            } else if (!current.equals(change.afterSha256())) {
                throw changed(change.path());
            }
        }
        return new StepOutcome(StepState.APPLIED, new FilesDetail(changes.size()), changes.size() + " files rewritten");
    }

    /** Puts every file that the run has written back as it was; what somebody else changed since stays. */
    int restore() {
        ContentStore store = context.backup();
        ProjectFiles files = context.files();
        int restored = 0;
        for (FileChange change : context.journal().fileChanges(context.runId())) {
            String current = ContentStore.sha256(files.read(change.path()));
            if (current.equals(change.afterSha256())) {
                files.replace(change.path(), store.read(change.beforeSha256()));
                restored++;
            } else if (!current.equals(change.beforeSha256())) {
                context.progress().line("  warning: " + change.path() + " was changed meanwhile, and stays");
            }
        }
        return restored;
    }

    private static MigratorException changed(String file) {
        return new MigratorException(
                ErrorCode.PLAN_DRIFTED,
                "The file " + file + " has changed since the plan was made.",
                "Its content is neither what the plan found nor what it would write.",
                "Make a new plan with `migrator dry-run`, review it, and apply that.");
    }
}
