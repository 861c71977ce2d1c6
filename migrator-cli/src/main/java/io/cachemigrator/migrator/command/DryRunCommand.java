package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.plan.DryRunReport;
import io.cachemigrator.migrator.plan.PlanKeySpace;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Families;
import io.cachemigrator.migrator.run.Findings;
import io.cachemigrator.migrator.run.Planned;
import io.cachemigrator.migrator.run.Planner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code dry-run}: writes the plan and shows what it would do. */
final class DryRunCommand {
    private DryRunCommand() {}

    static CommandSpec spec() {
        return new CommandSpec(
                "dry-run",
                "writes a plan and shows what it would change; changes nothing else",
                "dry-run --project my-app --legacy redis://localhost:6379",
                false,
                List.of(),
                DryRunCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        Workspace workspace = invocation.workspace();
        Planned planned = new Planner(workspace, new Families(workspace), invocation.console()).plan();
        Path file = planned.plan().write(workspace.stateFolder().resolve("plans"));
        DryRunReport report = DryRunReport.of(planned.plan(), file.toString(), Findings.of(planned.source()));
        return new CommandResult(
                ExitCode.OK, report, text(report), List.of("migrator migrate --plan " + quoted(file) + " --yes"));
    }

    /** As a shell needs it. */
    private static String quoted(Path file) {
        String text = file.toString();
        return text.matches("[A-Za-z0-9_./:@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static List<String> text(DryRunReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Source");
        report.patches().forEach(patch -> patch.diff().lines().forEach(lines::add));
        lines.add("  " + report.patches().size() + " files would be rewritten");
        report.refused().forEach(refused -> lines.add("  stays: " + refused));
        report.problems().forEach(problem -> lines.add("  warning: " + problem));
        lines.add("== Configuration");
        report.config().forEach(patch -> patch.diff().lines().forEach(lines::add));
        lines.add("  " + report.config().size() + " files would be rewritten");
        lines.add("== Data");
        for (PlanKeySpace space : report.keySpaces()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-20s %-10s %,10d keys %,14d bytes",
                    space.name(),
                    space.strategy(),
                    space.keys(),
                    space.bytes()));
            if (!space.note().isEmpty()) {
                lines.add("      " + space.note());
            }
            space.sampleMappings()
                    .forEach(mapping -> lines.add("      " + mapping.from() + " -> "
                            + (mapping.to().isEmpty() ? "" : mapping.to() + " ") + "(" + mapping.note() + ")"));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %,d keys, %,d bytes, about %.1f s (%s)",
                report.estimate().keys(),
                report.estimate().bytes(),
                report.estimate().seconds(),
                report.estimate().basis()));
        lines.add("== Steps");
        int number = 1;
        for (DryRunReport.Step step : report.steps()) {
            lines.add("  " + number++ + ". " + step.name() + ": " + step.description());
        }
        lines.add("== A rollback would");
        report.undo().forEach(step -> lines.add("  " + step.name() + ": " + step.description()));
        lines.add("Plan: " + report.plan().file());
        lines.add("      sha256 " + report.plan().sha256());
        return lines;
    }
}
