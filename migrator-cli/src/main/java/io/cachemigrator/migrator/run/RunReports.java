package io.cachemigrator.migrator.run;

import io.cachemigrator.map.Strategy;
import io.cachemigrator.migrator.data.CopyCounts;
import io.cachemigrator.migrator.journal.QuarantineRecord;
import io.cachemigrator.migrator.journal.StepRecord;
import io.cachemigrator.migrator.report.Documents;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports a run from what its journal has, whichever process has done it. */
final class RunReports {
    private static final int MOST_QUARANTINED_LISTED = 1_000;

    private final RunContext context;

    RunReports(RunContext context) {
        this.context = context;
    }

    /**
     * Counters as the data step leaves them in the journal.
     *
     * @param counts counters by key space
     */
    record DataDetail(Map<String, CopyCounts.Counts> counts) {}

    /**
     * What verification leaves in the journal.
     *
     * @param differences differences found
     */
    record VerifyDetail(long differences) {}

    /** What the run was started with. */
    RunDetail detail() {
        return Documents.read(
                context.journal().runs(context.workspace().root().toString()).stream()
                        .filter(run -> run.runId().equals(context.runId()))
                        .findFirst()
                        .orElseThrow()
                        .detail(),
                RunDetail.class);
    }

    /** How the run ended, as the journal has it. */
    MigrateReport of(MigrateReport.Outcome outcome) {
        List<StepRecord> steps = context.journal().steps(context.runId());
        List<MigrateReport.Step> shown = steps.stream()
                .map(step -> new MigrateReport.Step(step.name(), step.state().name(), step.durationMs()))
                .toList();
        List<QuarantineRecord> quarantined = context.journal().quarantined(context.runId(), MOST_QUARANTINED_LISTED);
        return new MigrateReport(
                context.runId(),
                outcome,
                shown,
                keySpaces(),
                detail().source(),
                backup(),
                quarantined.stream()
                        .map(entry -> new MigrateReport.Quarantined(
                                entry.key(), entry.keySpace(), entry.reason(), entry.detail()))
                        .toList(),
                differences());
    }

    private List<MigrateReport.KeySpaceCounts> keySpaces() {
        return counts().bySpace().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    CopyCounts.Counts c = entry.getValue();
                    return new MigrateReport.KeySpaceCounts(
                            entry.getKey(),
                            strategy(entry.getKey()),
                            c.scanned,
                            c.written,
                            c.skippedNewer,
                            c.expired,
                            c.quarantined,
                            c.verified,
                            c.left);
                })
                .toList();
    }

    private String strategy(String keySpace) {
        return context.maps().maps().stream()
                .flatMap(map -> map.keySpaces().stream())
                .filter(space -> space.name().equals(keySpace))
                .map(space -> space.strategy().toString())
                .findFirst()
                // regions of a disk tier are in no map, and are copied
                .orElse(Strategy.COPY.toString());
    }

    /** Counters of its copy. */
    CopyCounts counts() {
        CopyCounts counts = new CopyCounts();
        stepDetail(StepName.DATA).ifPresent(text -> {
            DataDetail data = Documents.read(text, DataDetail.class);
            if (data.counts() != null) {
                counts.bySpace().putAll(data.counts());
            }
        });
        return counts;
    }

    /** Differences that its verification has found. */
    long differences() {
        return stepDetail(StepName.VERIFY)
                .map(text -> Documents.read(text, VerifyDetail.class).differences())
                .orElse(0L);
    }

    private MigrateReport.Backup backup() {
        String location = context.backup().folder().toString();
        return stepDetail(StepName.BACKUP)
                .map(text -> new MigrateReport.Backup(
                        location,
                        Documents.read(text, FileSteps.BackupDetail.class).sha256()))
                .orElse(new MigrateReport.Backup("", ""));
    }

    private Optional<String> stepDetail(StepName name) {
        Map<StepName, String> details = new EnumMap<>(StepName.class);
        for (StepRecord step : context.journal().steps(context.runId())) {
            if (!step.detail().equals("{}")) {
                details.put(StepName.of(step.name()), step.detail());
            }
        }
        return Optional.ofNullable(details.get(name));
    }
}
