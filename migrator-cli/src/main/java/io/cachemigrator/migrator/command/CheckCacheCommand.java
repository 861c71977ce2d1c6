package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.maintenance.ConsistencyCheck;
import io.cachemigrator.cache.maintenance.ConsistencyReport;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.TargetLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code check-cache}: looks for entries that cannot be read or are not what they say, and removes them on request. */
final class CheckCacheCommand {
    private static final int MOST_LINES = 20;

    private CheckCacheCommand() {}

    private record Document(List<ConsistencyReport> regions, long found, long repaired) {}

    static CommandSpec spec(Interrupts interrupts) {
        return new CommandSpec(
                "check-cache",
                "looks for entries that cannot be read or are not what they say",
                "check-cache --target redis://localhost:6379",
                false,
                List.of(TargetCache.REGION, OptionSpec.flag("repair", "remove them; asks first, or needs --yes")),
                invocation -> run(invocation, interrupts));
    }

    private static CommandResult run(Invocation invocation, Interrupts interrupts) {
        if (!invocation.flag("repair")) {
            return run(invocation, interrupts, invocation.workspace().requireTarget(), false);
        }
        Workspace workspace = invocation.confirmedWorkspace("Remove cache entries that cannot be read, of");
        StoreUri target = workspace.requireTarget();
        return TargetLock.holding(
                workspace, "migrator check-cache --repair", () -> run(invocation, interrupts, target, true));
    }

    private static CommandResult run(Invocation invocation, Interrupts interrupts, StoreUri target, boolean repair) {
        Stops stops = new Stops(
                interrupts,
                invocation.console(),
                "checked",
                "Run `migrator check-cache" + (repair ? " --repair" : "") + "` again; it starts anew.");
        return TargetCache.with(target, service -> {
            List<ConsistencyReport> reports = new ArrayList<>();
            for (String region : TargetCache.regions(invocation, service)) {
                reports.add(new ConsistencyCheck(service).run(region, repair, stops));
            }
            long found = reports.stream().mapToLong(ConsistencyReport::found).sum();
            long repaired =
                    reports.stream().mapToLong(ConsistencyReport::repaired).sum();
            return new CommandResult(
                    found == repaired ? ExitCode.OK : ExitCode.FINDINGS,
                    new Document(reports, found, repaired),
                    text(reports, found, repaired),
                    found == repaired ? List.of() : List.of("migrator check-cache --repair"));
        });
    }

    private static List<String> text(List<ConsistencyReport> reports, long found, long repaired) {
        List<String> lines = new ArrayList<>();
        for (ConsistencyReport report : reports) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-24s %,10d entries, %,d wrong",
                    report.region(),
                    report.entries(),
                    report.found()));
            report.findings().stream()
                    .limit(MOST_LINES)
                    .forEach(finding ->
                            lines.add("      " + finding.kind() + " '" + finding.id() + "': " + finding.detail()));
        }
        lines.add(String.format(Locale.ROOT, "%,d entries are wrong, %,d removed", found, repaired));
        return lines;
    }
}
