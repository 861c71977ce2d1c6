package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.JoiningRun;
import io.cachemigrator.migrator.run.MigrateOptions;
import io.cachemigrator.migrator.run.MigrateReport;
import io.cachemigrator.migrator.run.MigrationRun;
import io.cachemigrator.migrator.run.TestCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code migrate}: applies a plan. */
final class MigrateCommand {
    private static final int MOST_RATE = 100_000_000;
    private static final int MOST_THREADS = 64;
    private static final int DEFAULT_THREADS = 2;
    private static final int DEFAULT_TIMEOUT = 60;
    private static final int MOST_TIMEOUT = 24 * 60;
    private static final int MOST_LINES = 50;
    /** What is settled when a run starts. */
    private static final List<String> OF_THE_RUN =
            List.of("plan", "resume", "no-backup", "force", "rate", "stage", "only", "verify-tests");

    private MigrateCommand() {}

    static CommandSpec spec(Clock clock, Interrupts interrupts) {
        return new CommandSpec(
                "migrate",
                "applies a plan, or makes one and applies it; journaled and resumable",
                "migrate --project my-app --plan my-app/.migrator/plans/plan-0123456789ab.json --yes",
                true,
                List.of(
                        OptionSpec.value("plan", "FILE", "plan that dry-run wrote (default: one made now)"),
                        OptionSpec.flag("no-backup", "keep no copies of changed files; they cannot be restored then"),
                        OptionSpec.flag("force", "override drift from the plan; says what it overrides"),
                        OptionSpec.flag("resume", "go on with the last run, which did not end"),
                        OptionSpec.flag("join", "help a run that another process has in progress to copy its data"),
                        OptionSpec.value("rate", "N", "most keys a second (default: no limit)"),
                        OptionSpec.value("threads", "N", "copy workers, 1 to 64 (default: 2)"),
                        OptionSpec.value(
                                "verify-tests",
                                "CMD",
                                "run the project's tests before and after; where they get worse, put all files back"),
                        OptionSpec.value(
                                "verify-timeout", "MINUTES", "longest that they may take, 1 to 1440 (default: 60)"),
                        OptionSpec.choice(
                                "stage",
                                "stage to end at (default: consolidated); dual-write leaves the rest to rollout",
                                "dual-write",
                                "consolidated"),
                        OptionSpec.choice("only", "do one part only", "source", "config", "data")),
                invocation -> run(invocation, clock, interrupts));
    }

    private static CommandResult run(Invocation invocation, Clock clock, Interrupts interrupts) {
        MigrateOptions options = options(invocation);
        refuseTogether(invocation);
        Plan plan = invocation
                .value("plan")
                .map(file -> Plan.read(invocation.currentFolder().resolve(file)))
                .orElse(null);
        Workspace workspace = invocation.confirmedWorkspace("Apply the migration to");
        if (invocation.flag("join")) {
            Cancellation leaving = interrupts.fresh(
                    "The run goes on without this process; `migrator migrate --join` lets it help again.");
            return result(new JoiningRun(workspace, clock, leaving, invocation.console()).join(options));
        }
        Cancellation cancellation =
                interrupts.fresh("Run `migrator migrate --resume` to go on, or `migrator rollback` to undo it.");
        MigrationRun run = new MigrationRun(workspace, clock, cancellation, invocation.console());
        return result(invocation.flag("resume") ? run.resume(options) : run.apply(plan, options));
    }

    private static CommandResult result(MigrateReport report) {
        return new CommandResult(exitCode(report), report, text(report), nextSteps(report));
    }

    private static void refuseTogether(Invocation invocation) {
        if (invocation.flag("resume") && invocation.value("plan").isPresent()) {
            throw Invocation.usage(
                    "'migrate' takes --resume or --plan, not both.",
                    "A run that is resumed goes on with the plan that it was started with.",
                    "Leave one of them out.");
        }
        if (invocation.flag("no-backup") && invocation.flag("verify-tests")) {
            throw Invocation.usage(
                    "'migrate' takes --no-backup or --verify-tests, not both.",
                    "Without a backup the files could not be put back where the tests get worse.",
                    "Leave one of them out.");
        }
        if (invocation.flag("join")) {
            for (String other : OF_THE_RUN) {
                if (invocation.flag(other)) {
                    throw Invocation.usage(
                            "'migrate' takes --join or --" + other + ", not both.",
                            "A process that joins does what the run was started with.",
                            "Leave one of them out; `migrator control` changes the rate of a run in progress.");
                }
            }
        }
    }

    private static MigrateOptions options(Invocation invocation) {
        return new MigrateOptions(
                !invocation.flag("no-backup"),
                invocation.flag("force"),
                invocation.number("rate", 0, 1, MOST_RATE),
                invocation.number("threads", DEFAULT_THREADS, 1, MOST_THREADS),
                invocation.value("only").map(Set::of).orElse(Set.of()),
                invocation
                        .value("verify-tests")
                        .map(command -> new TestCommand(command, timeout(invocation)))
                        .orElse(null),
                !invocation.value("stage").orElse("").equals("dual-write"));
    }

    private static Duration timeout(Invocation invocation) {
        return Duration.ofMinutes(invocation.number("verify-timeout", DEFAULT_TIMEOUT, 1, MOST_TIMEOUT));
    }

    private static int exitCode(MigrateReport report) {
        return switch (report.outcome()) {
            case COMPLETED -> ExitCode.OK;
            case COMPLETED_WITH_ERRORS, FAILED -> ExitCode.FINDINGS;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
        };
    }

    private static List<String> nextSteps(MigrateReport report) {
        return switch (report.outcome()) {
            case COMPLETED, COMPLETED_WITH_ERRORS -> List.of("migrator validate", "migrator rollback, to undo it");
            case FAILED, INTERRUPTED -> List.of("migrator migrate --resume --yes", "migrator rollback, to undo it");
        };
    }

    static List<String> text(MigrateReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Data");
        lines.add(String.format(
                Locale.ROOT,
                "  %-20s %9s %9s %7s %8s %10s %7s",
                "key space",
                "scanned",
                "written",
                "newer",
                "expired",
                "set aside",
                "left"));
        report.keySpaces()
                .forEach(space -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-20s %,9d %,9d %,7d %,8d %,10d %,7d",
                        space.name(),
                        space.scanned(),
                        space.written(),
                        space.skippedNewer(),
                        space.expired(),
                        space.quarantined(),
                        space.left())));
        report.quarantined().stream()
                .limit(MOST_LINES)
                .forEach(entry ->
                        lines.add("  set aside: " + entry.key() + " (" + entry.reason() + ": " + entry.detail() + ")"));
        MigrateReport.SourceCounts source = report.source();
        lines.add("== Source");
        lines.add("  " + source.sites() + " call sites: " + source.rewritten() + " rewritten, " + source.adapted()
                + " adapted, " + source.refused().size() + " left");
        source.refused().stream()
                .limit(MOST_LINES)
                .forEach(refused ->
                        lines.add("  left: " + refused.file() + ":" + refused.line() + " " + refused.reason()));
        source.findings().stream().limit(MOST_LINES).forEach(finding -> lines.add("  finding: " + finding));
        lines.add("== Run " + report.runId() + ": " + report.outcome()
                + (report.differences() > 0 ? ", " + report.differences() + " differences" : ""));
        return lines;
    }
}
