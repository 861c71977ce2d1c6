package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.source.CallSite;
import io.cachemigrator.migrator.source.SourceAnalysis;
import java.util.List;

/**
 * What the journal keeps of how a run was started.
 *
 * @param source what becomes of the sources
 * @param manualSettings legacy settings left to the user
 * @param backup whether files are backed up
 * @param only parts to do; empty = all
 * @param untilDualWrite whether the stage stays at DUAL_WRITE
 * @param verifiesTests whether the project's tests are to pass as before
 * @param rate most keys a second that it was started with; 0 = no limit
 */
record RunDetail(
        MigrateReport.SourceCounts source,
        int manualSettings,
        boolean backup,
        List<String> only,
        boolean untilDualWrite,
        boolean verifiesTests,
        int rate) {

    static RunDetail of(Planned planned, MigrateOptions options) {
        int manual = (int) planned.settings().changes().stream()
                .flatMap(change -> change.findings().stream())
                .filter(finding -> !finding.automatic())
                .count();
        return new RunDetail(
                counts(planned.source()),
                manual,
                options.backup(),
                options.only().stream().sorted().toList(),
                !options.consolidated(),
                options.tests() != null,
                options.rate());
    }

    private static MigrateReport.SourceCounts counts(SourceAnalysis source) {
        return new MigrateReport.SourceCounts(
                source.callSites().size(),
                count(source, CallSite.Disposition.REWRITTEN),
                count(source, CallSite.Disposition.ADAPTED),
                source.callSites().stream()
                        .filter(site -> site.disposition() == CallSite.Disposition.REFUSED)
                        .map(site -> new MigrateReport.Refused(
                                site.file(), site.line(), site.reasonCode() + ": " + site.reason()))
                        .toList(),
                Findings.of(source));
    }

    private static int count(SourceAnalysis source, CallSite.Disposition disposition) {
        return (int) source.callSites().stream()
                .filter(site -> site.disposition() == disposition)
                .count();
    }
}
