package io.cachemigrator.migrator.run;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a migration is to run.
 *
 * @param backup whether files are backed up first; without it they cannot be restored
 * @param force whether drift and warnings are overridden
 * @param rate most keys a second; 0 = no limit
 * @param threads copy workers, 1 to 64
 * @param only parts to do, of {@code source}, {@code config}, {@code data}; empty = all
 * @param tests how the project's own tests are run before and after; null = they are not
 * @param consolidated whether the stage goes on to CONSOLIDATED when everything is verified; else it stays at DUAL_WRITE
 */
public record MigrateOptions(
        boolean backup,
        boolean force,
        int rate,
        int threads,
        Set<String> only,
        @Nullable TestCommand tests,
        boolean consolidated) {

    /** The defaults. */
    public static final MigrateOptions DEFAULTS = new MigrateOptions(true, false, 0, 2, Set.of(), null, true);

    /** The same at another rate. */
    MigrateOptions withRate(int keysPerSecond) {
        return new MigrateOptions(backup, force, keysPerSecond, threads, only, tests, consolidated);
    }

    boolean includes(String part) {
        return only.isEmpty() || only.contains(part);
    }
}
