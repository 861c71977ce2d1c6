package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Families;
import io.cachemigrator.migrator.run.ValidationRun;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.migrator.verify.ServiceContract;
import io.cachemigrator.migrator.verify.ValidateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code validate}: compares both sides and tries the target's behaviour. */
final class ValidateCommand {
    private static final int MOST_LINES = 100;
    private static final String DIGEST = "digest";

    private ValidateCommand() {}

    static CommandSpec spec(Clock clock, Interrupts interrupts) {
        return new CommandSpec(
                "validate",
                "compares legacy and consolidated data, and tries the behaviour of the target",
                "validate --project my-app --sample 1000",
                false,
                List.of(
                        OptionSpec.value(
                                "sample",
                                "N|full|digest",
                                "how many entries to compare, or all by digests first (default: full)"),
                        OptionSpec.flag("resume", "go on with the last comparison, where that did not end"),
                        OptionSpec.value("record-baseline", "FILE", "record the performance of the legacy path"),
                        OptionSpec.value("baseline", "FILE", "compare with a recorded performance")),
                invocation -> run(invocation, clock, interrupts));
    }

    private static CommandResult run(Invocation invocation, Clock clock, Interrupts interrupts) {
        PerformanceOptions performance = PerformanceOptions.of(invocation);
        boolean digest = invocation.value("sample").filter(DIGEST::equals).isPresent();
        int sample = invocation.numberOr(List.of("full", DIGEST), "sample", 0, 1, Integer.MAX_VALUE / 4);
        Workspace workspace = invocation.workspace();
        StoreUri target = workspace.requireTarget();
        Cancellation cancellation = interrupts.fresh("Run `migrator validate --resume` to go on.");
        DataMover mover =
                new DataMover(workspace.requireLegacy(), target, new Families(workspace).selected(), cancellation);
        if (performance.records()) {
            return recorded(invocation, performance, workspace, mover, cancellation);
        }
        invocation.console().line("Comparing " + workspace.requireLegacy() + " with " + target);
        ValidationRun.Outcome outcome = new ValidationRun(workspace, clock, cancellation, invocation.console())
                .run(new ValidationRun.Options(sample, digest, invocation.flag("resume")));
        ComparisonResult result = outcome.result();
        invocation.console().line("Trying the target's behaviour");
        ValidateReport report = new ValidateReport(
                new ValidateReport.Scope(
                        result.mode(),
                        result.keys(),
                        result.confidence(),
                        result.buckets(),
                        result.bucketsRead(),
                        outcome.resumed()),
                result.compared(),
                result.equal(),
                result.newer(),
                result.setAside(),
                result.moving(),
                result.differenceCount(),
                result.differences(),
                contract(target),
                measured(invocation, performance, workspace, mover, cancellation),
                new ValidateReport.Architecture(0, List.of()));
        boolean valid = result.differenceCount() == 0
                && report.contract().failed().isEmpty()
                && report.performance().worse().isEmpty();
        return new CommandResult(
                valid ? ExitCode.OK : ExitCode.FINDINGS,
                report,
                text(report),
                valid ? List.of("migrator status") : List.of("migrator migrate --resume --yes, or migrator rollback"));
    }

    private static ValidateReport.Performance measured(
            Invocation invocation,
            PerformanceOptions performance,
            Workspace workspace,
            DataMover mover,
            Cancellation cancellation) {
        if (performance.isAsked()) {
            invocation.console().line("Measuring performance");
        }
        return performance.run(workspace, mover, cancellation, prefix -> config(workspace.requireTarget(), prefix));
    }

    /** Before a migration there is nothing to compare. */
    private static CommandResult recorded(
            Invocation invocation,
            PerformanceOptions performance,
            Workspace workspace,
            DataMover mover,
            Cancellation cancellation) {
        ValidateReport.Performance measured = measured(invocation, performance, workspace, mover, cancellation);
        ValidateReport report = new ValidateReport(
                new ValidateReport.Scope("none", 0, 0, 0, 0, false),
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                new ValidateReport.Contract(0, List.of()),
                measured,
                new ValidateReport.Architecture(0, List.of()));
        List<String> lines = new ArrayList<>(List.of("== Performance"));
        lines.addAll(PerformanceOptions.text(measured));
        lines.add("  recorded in " + measured.baseline());
        return new CommandResult(
                ExitCode.OK,
                report,
                lines,
                List.of("migrator migrate", "migrator validate --baseline " + measured.baseline()));
    }

    /** Tries the behaviour where nobody else has entries, and leaves nothing there. */
    private static ValidateReport.Contract contract(StoreUri target) {
        String mark = "!contract-" + UUID.randomUUID();
        if (target.kind() == StoreUri.Kind.DISK) {
            return contractIn(target.folder().resolve(mark));
        }
        String prefix = DataMover.KEY_PREFIX + mark + ":";
        try {
            return ServiceContract.check(config(target, prefix));
        } finally {
            DataMover.removeKeys(target, prefix);
        }
    }

    private static ValidateReport.Contract contractIn(Path folder) {
        try {
            return ServiceContract.check(
                    CacheConfig.builder().diskFolder(folder).build());
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The folder " + folder + ", in which the target's behaviour was tried, cannot be removed.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Remove it; nothing else uses it.",
                    e);
        }
    }

    static CacheConfig config(StoreUri target) {
        return config(target, DataMover.KEY_PREFIX);
    }

    private static CacheConfig config(StoreUri target, String keyPrefix) {
        CacheConfigBuilder builder = CacheConfig.builder().keyPrefix(keyPrefix);
        if (target.kind() == StoreUri.Kind.DISK) {
            return builder.diskFolder(target.folder()).build();
        }
        RedisConfig plain = RedisConfig.of(target.toString());
        return builder.redis(new RedisConfig(
                        plain.uri(),
                        target.user(),
                        target.password(),
                        plain.poolSize(),
                        plain.connectTimeout(),
                        plain.socketTimeout()))
                .build();
    }

    private static List<String> text(ValidateReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Data");
        lines.add(String.format(
                Locale.ROOT,
                "  %s: %,d of %,d keys compared, %,d equal, %,d written by the application since, %,d set aside",
                report.scope().mode(),
                report.compared(),
                report.scope().keys(),
                report.equal(),
                report.newer(),
                report.setAside()));
        if (report.moving() > 0) {
            lines.add(String.format(Locale.ROOT, "  %,d were changed on both sides at every look", report.moving()));
        }
        if (report.scope().buckets() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %,d of %,d buckets differed by digest, and were compared entry by entry",
                    report.scope().bucketsRead(),
                    report.scope().buckets()));
        }
        if (report.scope().confidence() < 1) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  with 95 %% certainty at least %.2f %% of all entries are as they should be, in either direction",
                    report.scope().confidence() * 100));
        }
        report.differences().stream()
                .limit(MOST_LINES)
                .forEach(one -> lines.add("  " + one.kind() + " '" + one.id() + "' in region '" + one.region()
                        + "': legacy " + one.legacy() + "; target " + one.target()));
        lines.add("  differences: " + report.differenceCount());
        lines.add("== Behaviour");
        lines.add("  " + report.contract().run() + " checks, "
                + report.contract().failed().size() + " failed");
        report.contract().failed().forEach(name -> lines.add("  FAILED: " + name));
        lines.add("== Performance");
        lines.addAll(PerformanceOptions.text(report.performance()));
        return lines;
    }
}
