package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.performance.Baseline;
import io.cachemigrator.migrator.performance.PerformanceCheck;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.verify.Figures;
import io.cachemigrator.migrator.verify.ValidateReport.Performance;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What {@code validate} does about performance: nothing, or records, or compares. */
final class PerformanceOptions {
    private final Optional<Path> record;
    private final Optional<Path> compare;

    private PerformanceOptions(Optional<Path> record, Optional<Path> compare) {
        this.record = record;
        this.compare = compare;
    }

    static PerformanceOptions of(Invocation invocation) {
        Function<String, Path> path = file -> invocation.currentFolder().resolve(file);
        Optional<Path> record = invocation.value("record-baseline").map(path);
        Optional<Path> compare = invocation.value("baseline").map(path);
        if (record.isPresent() && compare.isPresent()) {
            throw Invocation.usage(
                    "'validate' takes --record-baseline or --baseline, not both.",
                    "A baseline is recorded before a migration and compared with after it.",
                    "Leave one of them out.");
        }
        return new PerformanceOptions(record, compare);
    }

    boolean isAsked() {
        return record.isPresent() || compare.isPresent();
    }

    /** Whether a baseline is recorded: there is nothing to compare yet. */
    boolean records() {
        return record.isPresent();
    }

    Performance run(
            Workspace workspace, DataMover mover, Cancellation cancellation, Function<String, CacheConfig> service) {
        if (!isAsked()) {
            return Performance.NOT_MEASURED;
        }
        StoreUri legacy = requireRedis("legacy", workspace.requireLegacy());
        StoreUri target = requireRedis("target", workspace.requireTarget());
        RedisConfig plain = RedisConfig.of(legacy.toString());
        PerformanceCheck check = new PerformanceCheck(
                new PerformanceCheck.Stores(
                        legacy,
                        target,
                        new RedisConfig(
                                plain.uri(),
                                legacy.user(),
                                legacy.password(),
                                plain.poolSize(),
                                plain.connectTimeout(),
                                plain.socketTimeout()),
                        service),
                mover,
                cancellation);
        return record.map(file -> recorded(file, check.record(file, Clock.systemUTC())))
                .orElseGet(() -> compared(check.compare(compare.orElseThrow())));
    }

    private static StoreUri requireRedis(String role, StoreUri store) {
        if (store.kind() != StoreUri.Kind.REDIS) {
            throw Invocation.usage(
                    "The performance of this " + role + " store cannot be measured.",
                    "It is '" + store + "', and paths over one Redis server are measured.",
                    "Leave --baseline and --record-baseline out.");
        }
        return store;
    }

    private static Performance recorded(Path file, Baseline baseline) {
        return new Performance(0, file.toString(), "RECORDED", List.of(), List.of(), baseline.legacy(), null, null);
    }

    private static Performance compared(PerformanceCheck.Verdict verdict) {
        return new Performance(
                verdict.ratio().mean(),
                verdict.file(),
                verdict.worse().isEmpty() ? "OK" : "WORSE",
                List.of(verdict.ratio().low(), verdict.ratio().high()),
                verdict.worse(),
                verdict.baseline().legacy(),
                verdict.legacy(),
                verdict.service());
    }

    static List<String> text(Performance performance) {
        List<String> lines = new ArrayList<>();
        Figures recorded = performance.recorded();
        Figures legacy = performance.legacy();
        Figures service = performance.service();
        if (recorded == null) {
            lines.add("  not measured: no baseline");
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %-22s %9s %10s %10s %10s %6s %7s %11s",
                "path",
                "calls/s",
                "read us",
                "99 % us",
                "write us",
                "hits",
                "errors",
                "connections"));
        lines.add(line("legacy, as recorded", recorded));
        if (legacy != null && service != null) {
            lines.add(line("legacy, now", legacy));
            lines.add(line("consolidated, now", service));
            lines.add(String.format(
                    Locale.ROOT,
                    "  consolidated is %.2f times as fast as legacy in turns with it (95 %%: %.2f to %.2f); asked is 0.90",
                    performance.ratio(),
                    performance.interval().get(0),
                    performance.interval().get(1)));
        }
        performance.worse().forEach(one -> lines.add("  WORSE: " + one));
        return lines;
    }

    private static String line(String path, Figures figures) {
        return String.format(
                Locale.ROOT,
                "  %-22s %,9.0f %,10.0f %,10.0f %,10.0f %5.1f%% %,7d %,11d",
                path,
                figures.operationsPerSecond(),
                figures.readMicros(),
                figures.readMicros99(),
                figures.writeMicros(),
                100 * figures.hitRate(),
                figures.errors(),
                figures.connections());
    }
}
