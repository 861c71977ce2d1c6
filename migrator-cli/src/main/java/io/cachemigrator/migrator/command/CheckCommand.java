package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.check.CheckEngine;
import io.cachemigrator.migrator.check.CheckReport;
import io.cachemigrator.migrator.check.CheckReports;
import io.cachemigrator.migrator.check.SarifReport;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.inventory.InventoryScan;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Families;
import io.cachemigrator.migrator.run.Planner;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.SourceMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code check}: inventory and readiness. */
final class CheckCommand {
    private static final int MOST_LINES = 200;

    private CheckCommand() {}

    static CommandSpec spec() {
        return new CommandSpec(
                "check",
                "takes inventory of legacy usage and tells whether a migration could start",
                "check --project my-app --legacy redis://localhost:6379",
                false,
                List.of(
                        OptionSpec.choice(
                                "fail-on",
                                "exit 1 on manual findings, any finding, or blockers only (default)",
                                "manual",
                                "any",
                                "blocker"),
                        OptionSpec.value("sarif", "FILE", "write the findings as SARIF 2.1.0"),
                        OptionSpec.value("junit", "FILE", "write the findings as JUnit XML"),
                        OptionSpec.value("html", "FILE", "write the report as HTML (not in this version)")),
                CheckCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        invocation.refuse("html", "check writes text, JSON, SARIF and JUnit XML.");
        Workspace workspace = invocation.workspace();
        Families families = new Families(workspace);
        MapSet maps = families.migratable();
        ProjectCode code = ProjectCode.read(workspace.root(), workspace.config().javaRuntime());
        CheckEngine engine = new CheckEngine(workspace, maps, code.sources()::moduleOf, invocation.console());
        CheckReport report = engine.check(
                set -> new SourceMigration(code, set.maps(), new CandidateSources()).analyse(invocation.console()),
                () -> new InventoryScan(code, families.inventoried(), maps.maps()).scan(invocation.console()),
                source -> new Planner(workspace, families, invocation.console()).settings(maps, source));
        invocation
                .value("sarif")
                .ifPresent(file ->
                        SarifReport.write(report, invocation.currentFolder().resolve(file)));
        invocation
                .value("junit")
                .ifPresent(file ->
                        CheckReports.junit(report, invocation.currentFolder().resolve(file)));
        int exitCode = exitCode(report, engine, invocation.value("fail-on").orElse("blocker"));
        return new CommandResult(exitCode, report, text(report), nextSteps(report));
    }

    private static int exitCode(CheckReport report, CheckEngine engine, String failOn) {
        if (engine.environmentAtFault()) {
            return ExitCode.ENVIRONMENT;
        }
        boolean failed = !report.blockers().isEmpty()
                || (failOn.equals("manual") && report.summary().manual() > 0)
                || (failOn.equals("any") && !report.findings().isEmpty());
        return failed ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private static List<String> nextSteps(CheckReport report) {
        return report.ready()
                ? List.of("migrator dry-run")
                : List.of("mend the blockers, then run `migrator check` again");
    }

    private static List<String> text(CheckReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Findings");
        report.findings().stream()
                .filter(finding -> finding.kind() != CheckReport.Kind.DATA)
                .limit(MOST_LINES)
                .forEach(finding -> lines.add(String.format(
                        "  %-9s %2d %s:%d  %s%s -> %s",
                        finding.automatic() ? "automatic" : "manual",
                        finding.effortPoints(),
                        finding.file(),
                        finding.line(),
                        finding.family().isEmpty() ? "" : finding.family() + " ",
                        finding.api(),
                        finding.replacement())));
        long more = report.findings().stream()
                        .filter(finding -> finding.kind() != CheckReport.Kind.DATA)
                        .count()
                - MOST_LINES;
        if (more > 0) {
            lines.add("  and " + more + " more; --output json lists all");
        }
        CheckReport.Summary summary = report.summary();
        lines.add(String.format(
                Locale.ROOT,
                "  %d call sites in all; %d findings automatic, %d manual in %d files; %d to %d minutes by hand, %d points",
                summary.callSites(),
                summary.automatic(),
                summary.manual(),
                summary.files(),
                summary.effortMinutes().min(),
                summary.effortMinutes().max(),
                summary.effortPoints()));
        if (summary.modules().size() > 1) {
            summary.modules()
                    .forEach(module -> lines.add(String.format(
                            Locale.ROOT,
                            "    %-24s %d call sites, %d automatic, %d manual, %d to %d minutes, %d points",
                            module.module(),
                            module.callSites(),
                            module.automatic(),
                            module.manual(),
                            module.effortMinutes().min(),
                            module.effortMinutes().max(),
                            module.effortPoints())));
        }
        CheckReport.SourceCoverage sources = report.sources();
        lines.add("  " + sources.read() + " of " + sources.files()
                + " Java files may hold a cache and were read in full");
        sources.leftOut().forEach(line -> lines.add("  left out: " + line));
        lines.add("== Data");
        report.keySpaces()
                .forEach(space -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-20s %-10s %,10d keys %,14d bytes",
                        space.name(),
                        space.strategy(),
                        space.keys(),
                        space.bytes())));
        report.excludedKeys().samples().forEach(sample -> lines.add("  left as they are: " + sample));
        lines.add("  keys that no map claims, never touched: "
                + report.unclaimedKeys().count());
        lines.add("== Readiness");
        report.warnings().forEach(warning -> lines.add("  warning: " + warning));
        report.blockers().forEach(blocker -> lines.add("  BLOCKER: " + blocker));
        lines.add(
                report.ready()
                        ? "  ready to migrate"
                        : "  not ready: " + report.blockers().size() + " blockers");
        return lines;
    }
}
