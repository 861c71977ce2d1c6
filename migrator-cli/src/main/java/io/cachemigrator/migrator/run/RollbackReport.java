package io.cachemigrator.migrator.run;

import java.util.List;

/**
 * What a rollback did.
 *
 * @param runId run that was undone
 * @param outcome {@code COMPLETED}, or {@code INTERRUPTED}
 * @param files what became of the files
 * @param keys what became of the target's entries
 * @param exports files written before anything was undone
 */
public record RollbackReport(String runId, String outcome, Files files, Keys keys, List<String> exports) {

    /**
     * What became of the files.
     *
     * @param restored files put back
     * @param identical files that are now, to the byte, as they were before the run
     */
    public record Files(int restored, int identical) {}

    /**
     * What became of the target's entries.
     *
     * @param restored entries of earlier runs that were put back
     * @param removed entries removed
     * @param keptNewer entries that the application has written since, and that stay
     * @param carriedBack entries and deletions of the application that the legacy layout had missed, and was given
     */
    public record Keys(long restored, long removed, long keptNewer, long carriedBack) {}
}
