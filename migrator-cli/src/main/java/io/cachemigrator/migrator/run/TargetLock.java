package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.project.Workspace;
import java.util.function.Supplier;

/** Lets one command at a time change the data of a project's target: a run of the migration, or one that works on caches. */
public final class TargetLock {
    private TargetLock() {}

    /**
     * Does work with the lock held.
     *
     * @param purpose what for, shown to whoever is refused meanwhile
     * @throws io.cachemigrator.migrator.error.MigratorException LOCKED with the holder when another command has it
     */
    public static <T> T holding(Workspace workspace, String purpose, Supplier<T> work) {
        try (JournalDatabase database = JournalDatabase.open(workspace.journal());
                RunLock lock = RunLock.acquireAlone(database, MigrationRun.lockName(workspace), purpose)) {
            lock.check();
            return work.get();
        }
    }
}
