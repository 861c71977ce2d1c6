package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.run.MigrateReport;
import io.cachemigrator.migrator.run.StatusReader;
import io.cachemigrator.migrator.run.StatusReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code status}: how the migration stands, from the journal. */
final class StatusCommand {
    private static final int MOST_SITES = 20;

    private StatusCommand() {}

    static CommandSpec spec(Clock clock) {
        return new CommandSpec(
                "status",
                "shows the stage, the runs with their steps, and what remains",
                "status --project my-app",
                false,
                List.of(),
                invocation -> {
                    StatusReport report = new StatusReader(invocation.workspace(), clock).read();
                    return new CommandResult(ExitCode.OK, report, text(report), nextSteps(report));
                });
    }

    private static List<String> nextSteps(StatusReport report) {
        if (report.runs().isEmpty()) {
            return List.of("migrator check");
        }
        return switch (report.runs().get(0).state()) {
            case "INTERRUPTED", "FAILED" -> List.of("migrator migrate --resume --yes");
            case "ROLLING_BACK" -> List.of("migrator rollback --yes");
            case "RUNNING" ->
                report.lock() == null ? List.of("migrator migrate --resume --yes") : List.of("wait for the run to end");
            case "UNDONE" -> List.of("migrator dry-run");
            default -> List.of("migrator validate");
        };
    }

    private static List<String> text(StatusReport report) {
        List<String> lines = new ArrayList<>();
        StatusReport.Stage stage = report.stage();
        lines.add("== Stage " + stage.name() + (stage.name().equals("CANARY") ? " " + stage.percent() + " %" : "")
                + (stage.since() == null ? "" : " since " + stage.since()));
        report.stores().forEach(store -> lines.add("  " + store.role() + " " + store.uri() + ": " + store.detail()));
        if (report.lock() != null) {
            lines.add("  at work: " + report.lock());
        }
        report.joined()
                .forEach(one -> lines.add(
                        String.format(Locale.ROOT, "  helping: %s, %,.0f keys/s", one.process(), one.keysPerSecond())));
        report.changedSettings()
                .forEach(one -> lines.add("  changed for the run: " + one.name() + " on " + one.server()
                        + ", to be set back to '" + one.before() + "'"));
        lines.add("== Runs");
        if (report.runs().isEmpty()) {
            lines.add("  none");
        }
        for (StatusReport.Run run : report.runs()) {
            lines.add("  " + run.runId() + "  " + run.state() + "  started " + run.startedAt()
                    + (run.endedAt() == null ? "" : ", ended " + run.endedAt()));
            lines.add("      " + run.steps().stream().map(StatusCommand::step).collect(Collectors.joining("  ")));
            if (run.keysScanned() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "      %,d keys seen, %,d written%s",
                        run.keysScanned(),
                        run.keysWritten(),
                        run.keysPerSecond() > 0
                                ? String.format(
                                        Locale.ROOT,
                                        ", %,.0f keys/s, about %,.0f s left",
                                        run.keysPerSecond(),
                                        run.secondsLeft())
                                : ""));
            }
            if (run.part().equals("hot")) {
                lines.add("      copying the hottest entries first; they are counted with the rest");
            }
            if (!run.slowedDownBy().isEmpty()) {
                lines.add("      " + run.slowedDownBy());
            }
        }
        lines.add("== Legacy call sites alive");
        if (report.legacyCallSites().isEmpty()) {
            lines.add("  none was seen in the last 30 days");
        }
        report.legacyCallSites().stream()
                .limit(MOST_SITES)
                .forEach(one -> lines.add(String.format(
                        Locale.ROOT,
                        "  %s  %s  %,d calls, last %s; use %s",
                        one.site(),
                        one.api(),
                        one.calls(),
                        one.lastSeen(),
                        one.replacement())));
        int more = report.legacyCallSites().size() - MOST_SITES;
        if (more > 0) {
            lines.add("  and " + more + " more; --output json lists all");
        }
        report.usageUnreadable().forEach(why -> lines.add("  not known: " + why));
        StatusReport.Remaining remaining = report.remaining();
        lines.add("== Remaining");
        lines.add("  call sites " + shown(remaining.source()) + ", settings " + shown(remaining.config())
                + ", entries set aside " + shown(remaining.keys()));
        return lines;
    }

    private static String step(MigrateReport.Step step) {
        return step.name() + " " + step.state().toLowerCase(Locale.ROOT);
    }

    private static String shown(@org.jspecify.annotations.Nullable Long number) {
        return number == null ? "unknown until a run" : number.toString();
    }
}
