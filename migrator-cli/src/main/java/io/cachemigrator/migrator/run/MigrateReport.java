package io.cachemigrator.migrator.run;

import java.util.List;
import java.util.Objects;

/**
 * What a migration did.
 *
 * @param runId the run
 * @param outcome how it ended
 * @param steps its steps
 * @param keySpaces counters by key space
 * @param source what became of the sources
 * @param backup where the old state is kept
 * @param quarantined the first entries that were set aside
 * @param differences differences that verification found
 */
public record MigrateReport(
        String runId,
        Outcome outcome,
        List<Step> steps,
        List<KeySpaceCounts> keySpaces,
        SourceCounts source,
        Backup backup,
        List<Quarantined> quarantined,
        long differences) {

    /** How a run ended. */
    public enum Outcome {
        /** Everything was applied and verified. */
        COMPLETED,
        /** Applied and verified, but entries were set aside or call sites refused. */
        COMPLETED_WITH_ERRORS,
        /** Verification found differences, or an error ended it. */
        FAILED,
        /** It was interrupted and can be resumed. */
        INTERRUPTED
    }

    /**
     * A step.
     *
     * @param name step's name
     * @param state where it stands
     * @param durationMs milliseconds it took
     */
    public record Step(String name, String state, long durationMs) {}

    /**
     * Counters of a key space.
     *
     * @param name key space's name
     * @param strategy what becomes of it
     * @param scanned keys seen
     * @param written entries in the target because of the run
     * @param skippedNewer entries left as the application wrote them
     * @param expired entries that expired
     * @param quarantined entries set aside
     * @param verified entries read back equal
     * @param left entries whose value or type shows that they are somebody else's
     */
    public record KeySpaceCounts(
            String name,
            String strategy,
            long scanned,
            long written,
            long skippedNewer,
            long expired,
            long quarantined,
            long verified,
            long left) {}

    /**
     * What became of the sources.
     *
     * @param sites legacy call sites
     * @param rewritten those that were rewritten
     * @param adapted those that were adapted
     * @param refused those that were left
     * @param findings what keeps the rewriting from being complete or from being judged, in words
     */
    public record SourceCounts(int sites, int rewritten, int adapted, List<Refused> refused, List<String> findings) {

        /** No sources. */
        public static final SourceCounts NONE = new SourceCounts(0, 0, 0, List.of(), List.of());

        /** Runs of earlier versions have left no findings in the journal. */
        public SourceCounts {
            findings = Objects.requireNonNullElse(findings, List.of());
        }
    }

    /**
     * A call site that was left.
     *
     * @param file its file
     * @param line its line
     * @param reason why
     */
    public record Refused(String file, int line, String reason) {}

    /**
     * Where the old state is kept.
     *
     * @param location folder; empty without a backup
     * @param sha256 hash over the list of what it holds
     */
    public record Backup(String location, String sha256) {}

    /**
     * An entry that was set aside.
     *
     * @param key its legacy key
     * @param keySpace key space
     * @param reason reason code
     * @param detail the reason in words
     */
    public record Quarantined(String key, String keySpace, String reason, String detail) {}
}
