package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.maintenance.ClearSelection;
import io.cachemigrator.cache.maintenance.SelectiveClear;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.TargetLock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code clear-cache}: removes entries of the consolidated service that meet criteria. */
final class ClearCacheCommand {
    private static final Pattern AGE = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    private ClearCacheCommand() {}

    private record Document(List<String> regions, boolean countOnly, long removed, boolean complete) {}

    static CommandSpec spec(Interrupts interrupts) {
        return new CommandSpec(
                "clear-cache",
                "removes entries by region, age, confidence, tag and pattern of ids",
                "clear-cache --region knowledge --older-than 2d --target redis://localhost:6379 --yes",
                true,
                List.of(
                        TargetCache.REGION,
                        OptionSpec.flag(
                                "all-regions", "every region that is stored; needed when --region is not given"),
                        OptionSpec.value(
                                "older-than", "AGE", "entries written at least this long ago: 30s, 15m, 2h, 7d"),
                        OptionSpec.value("confidence-below", "NUMBER", "JSON values whose confidence is below, 0 to 1"),
                        OptionSpec.value("tag", "TAG", "entries with this tag"),
                        OptionSpec.value("pattern", "GLOB", "entries whose id matches: * any text, ? any character"),
                        OptionSpec.flag("count", "only count what would be removed; nothing is removed")),
                invocation -> run(invocation, interrupts));
    }

    private static CommandResult run(Invocation invocation, Interrupts interrupts) {
        ClearSelection selection = selection(invocation);
        boolean all = invocation.flag("all-regions");
        if (all == !invocation.values("region").isEmpty()) {
            throw Invocation.usage(
                    "'clear-cache' needs either --region or --all-regions.",
                    all ? "Both were given." : "Neither was given.",
                    "Name the regions, or say that all are meant.");
        }
        if (invocation.flag("count")) {
            return clear(invocation, interrupts, invocation.workspace().requireTarget(), selection, true);
        }
        Workspace workspace = invocation.confirmedWorkspace("Remove cache entries of");
        StoreUri target = workspace.requireTarget();
        return TargetLock.holding(
                workspace, "migrator clear-cache", () -> clear(invocation, interrupts, target, selection, false));
    }

    private static CommandResult clear(
            Invocation invocation, Interrupts interrupts, StoreUri target, ClearSelection selection, boolean count) {
        Stops stops = new Stops(
                interrupts,
                invocation.console(),
                count ? "counted" : "removed",
                count
                        ? "Run `migrator clear-cache --count` again."
                        : "Run `migrator clear-cache` again with the same options, to remove the rest.");
        return TargetCache.with(target, service -> {
            List<String> regions = TargetCache.regions(invocation, service);
            ClearOutcome outcome = new SelectiveClear(service).run(regions, selection, count, stops);
            String line = String.format(
                    Locale.ROOT,
                    "%,d entries %s in %s%s",
                    outcome.removed(),
                    count ? "would be removed" : "removed",
                    regions.isEmpty() ? "no region" : String.join(", ", regions),
                    outcome.complete() ? "" : "; the store went away before the end");
            return new CommandResult(
                    outcome.complete() ? ExitCode.OK : ExitCode.FINDINGS,
                    new Document(regions, count, outcome.removed(), outcome.complete()),
                    List.of(line),
                    outcome.complete() ? List.of() : List.of("migrator clear-cache again, to remove the rest"));
        });
    }

    private static ClearSelection selection(Invocation invocation) {
        ClearSelection selection = ClearSelection.ALL;
        if (invocation.value("older-than").isPresent()) {
            selection =
                    selection.withOlderThan(age(invocation.value("older-than").get()));
        }
        if (invocation.value("confidence-below").isPresent()) {
            selection = selection.withConfidenceBelow(
                    confidence(invocation.value("confidence-below").get()));
        }
        if (invocation.value("tag").isPresent()) {
            selection = selection.withTag(invocation.value("tag").get());
        }
        return invocation.value("pattern").isPresent()
                ? selection.withPattern(invocation.value("pattern").get())
                : selection;
    }

    private static Duration age(String text) {
        Matcher age = AGE.matcher(text);
        if (!age.matches()) {
            throw Invocation.usage(
                    "--older-than is '" + text + "'.",
                    "It takes a whole number and a unit: s, m, h or d.",
                    "Give for example 30m or 7d.");
        }
        return Duration.ofSeconds(Long.parseLong(age.group(1)) * SECONDS.getOrDefault(age.group(2), 1L));
    }

    private static double confidence(String text) {
        if (!text.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
            throw Invocation.usage(
                    "--confidence-below is '" + text + "'.", "It takes a number from 0 to 1.", "Give for example 0.5.");
        }
        return Double.parseDouble(text);
    }
}
