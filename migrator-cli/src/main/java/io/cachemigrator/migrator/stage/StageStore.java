package io.cachemigrator.migrator.stage;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.StageRecord;
import io.cachemigrator.migrator.project.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Sets the stage of a project: in its stage file, which applications over the shim read when {@code CACHE_STAGE_FILE}
 * names it, and in the journal, which {@code status} reads.
 */
public final class StageStore {
    /** Everything as before the migration. */
    public static final String LEGACY = "LEGACY";
    /** Everything on the consolidated service. */
    public static final String CONSOLIDATED = "CONSOLIDATED";

    private final Workspace workspace;
    private final RunJournal journal;

    /** Of a project. */
    public StageStore(Workspace workspace, RunJournal journal) {
        this.workspace = workspace;
        this.journal = journal;
    }

    /** The file that applications read. */
    public Path file() {
        return workspace.stateFolder().resolve("stage");
    }

    /** Sets the stage; the file changes in one step. */
    public void set(String stage, Instant now) {
        try {
            Files.createDirectories(workspace.stateFolder());
            Path part = Files.createTempFile(workspace.stateFolder(), "stage-", null);
            Files.writeString(part, stage + "\n");
            Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The stage file " + file() + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make room or correct its permissions, then run `migrator migrate --resume`.",
                    e);
        }
        journal.stage(workspace.root().toString(), new StageRecord(stage, stage.equals(CONSOLIDATED) ? 100 : 0, now));
    }
}
