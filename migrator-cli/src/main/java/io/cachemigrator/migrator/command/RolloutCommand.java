package io.cachemigrator.migrator.command;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Rollout;
import io.cachemigrator.migrator.run.RolloutReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** {@code rollout}: shows the stage, or moves it. */
final class RolloutCommand {
    private static final int WHOLE = 100;

    private RolloutCommand() {}

    static CommandSpec spec(Clock clock, Interrupts interrupts) {
        return new CommandSpec(
                "rollout",
                "shows the stage and the processes that follow it, or moves the stage",
                "rollout --project my-app",
                true,
                List.of(
                        OptionSpec.choice(
                                "to",
                                "stage to move to, over those between",
                                Rollout.names().toArray(String[]::new)),
                        OptionSpec.value("percent", "N", "share of the keys that a canary reads, 1 to 100"),
                        OptionSpec.flag(
                                "force", "go on without a verification, or without processes that override the stage")),
                invocation -> run(invocation, clock, interrupts));
    }

    private static CommandResult run(Invocation invocation, Clock clock, Interrupts interrupts) {
        String to = invocation.value("to").orElse("");
        boolean canary = to.equals("canary");
        if (canary != invocation.value("percent").isPresent()) {
            throw Invocation.usage(
                    canary
                            ? "'rollout --to canary' needs --percent."
                            : "'rollout' takes --percent with --to canary only.",
                    "A canary reads a share of the keys from the consolidated service, and nothing else does.",
                    "Run for example: migrator rollout --to canary --percent 25");
        }
        RolloutReport report;
        if (to.isEmpty()) {
            report = new Rollout(invocation.workspace(), clock, interrupts.fresh("Run it again."), invocation.console())
                    .show();
        } else {
            Stage stage = canary
                    ? new Stage.Canary(invocation.number("percent", 1, 1, WHOLE))
                    : Stage.parse(to.replace('-', '_'));
            Workspace workspace = invocation.confirmedWorkspace("Move the stage to " + stage.text() + " for");
            report = new Rollout(
                            workspace,
                            clock,
                            interrupts.fresh("Run the same `migrator rollout` again to finish it."),
                            invocation.console())
                    .move(stage, invocation.flag("force"));
        }
        return new CommandResult(ExitCode.OK, report, text(report), nextSteps(report));
    }

    private static List<String> nextSteps(RolloutReport report) {
        return switch (report.stage()) {
            case "LEGACY", "SHADOW" -> List.of("migrator migrate --stage dual-write");
            case "DUAL_WRITE" -> List.of("migrator rollout --to canary --percent 25");
            case "CANARY" ->
                report.percent() < WHOLE
                        ? List.of(
                                "migrator rollout --to canary --percent " + next(report.percent()),
                                "migrator rollout --to dual-write, to take reads back")
                        : List.of(
                                "migrator rollout --to consolidated",
                                "migrator rollout --to dual-write, to take reads back");
            default -> List.of("migrator validate", "migrator rollback, to undo it");
        };
    }

    private static int next(int percent) {
        return percent < 25 ? 25 : percent < 50 ? 50 : WHOLE;
    }

    private static List<String> text(RolloutReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Stage " + report.stage() + (report.stage().equals("CANARY") ? " " + report.percent() + " %" : "")
                + (report.since() == null ? "" : " since " + report.since()));
        if (report.processes().isEmpty()) {
            lines.add("  no process says that it follows it; set CACHE_STAGE_FILE=" + report.file());
            lines.add("  or CACHE_STAGE_URI to the target and CACHE_STAGE_NAME=" + report.name());
        }
        report.processes()
                .forEach(one -> lines.add("  " + one.process() + ": " + one.stage()
                        + (one.overridden() ? ", by USE_CONSOLIDATED_CACHE" : "")
                        + (one.behind() > 0 ? ", " + one.behind() + " changes not handed over yet" : "")));
        return lines;
    }
}
