package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.RollbackReport;
import io.cachemigrator.migrator.run.RollbackRun;
import java.time.Clock;
import java.util.List;

/** {@code rollback}: undoes a run. */
final class RollbackCommand {
    private RollbackCommand() {}

    static CommandSpec spec(Clock clock, Interrupts interrupts) {
        return new CommandSpec(
                "rollback",
                "undoes the last run, or the one named: stage, settings, sources, data",
                "rollback --project my-app --yes",
                true,
                List.of(
                        OptionSpec.value("run", "ID", "run to undo (default: the last that is not undone)"),
                        OptionSpec.flag("force", "restore files even if they were changed since")),
                invocation -> run(invocation, clock, interrupts));
    }

    private static CommandResult run(Invocation invocation, Clock clock, Interrupts interrupts) {
        Workspace workspace = invocation.confirmedWorkspace("Undo the migration of");
        RollbackReport report = new RollbackRun(
                        workspace,
                        clock,
                        interrupts.fresh("Run `migrator rollback` again to finish it."),
                        invocation.console())
                .undo(invocation.value("run").orElse(null), invocation.flag("force"));
        return new CommandResult(
                ExitCode.OK,
                report,
                List.of(
                        "== Run " + report.runId() + " is undone",
                        "  files: " + report.files().restored() + " restored, "
                                + report.files().identical() + " identical to before the run",
                        "  entries: " + report.keys().removed() + " removed, "
                                + report.keys().restored() + " restored, "
                                + report.keys().keptNewer() + " kept as the application wrote them, "
                                + report.keys().carriedBack() + " carried back to the legacy layout"),
                List.of("migrator status"));
    }
}
