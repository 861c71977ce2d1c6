package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.maintenance.CacheDump;
import io.cachemigrator.cache.maintenance.DumpDamagedException;
import io.cachemigrator.cache.maintenance.DumpReport;
import io.cachemigrator.cache.maintenance.RestoreReport;
import io.cachemigrator.cache.maintenance.WarmUp;
import io.cachemigrator.cache.maintenance.WarmUpReport;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.TargetLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** {@code dump-cache} writes regions to a file; {@code warm-cache} fills regions from a dump or a folder of files. */
final class DumpCommands {
    private DumpCommands() {}

    private record DumpDocument(String file, List<String> regions, long entries, long damaged, boolean resumed) {}

    private record WarmDocument(String from, long stored, long present, long failed, List<String> failures) {}

    static CommandSpec dump(Interrupts interrupts) {
        return new CommandSpec(
                "dump-cache",
                "writes regions to a checked file, going on where an earlier attempt stopped",
                "dump-cache cache.dump --target redis://localhost:6379",
                false,
                List.of(
                        OptionSpec.argument(0, "file", "FILE", "file to write; must not be there yet"),
                        TargetCache.REGION),
                invocation -> runDump(invocation, interrupts));
    }

    static CommandSpec warm(Interrupts interrupts) {
        return new CommandSpec(
                "warm-cache",
                "fills regions from a dump, or one region from a folder of files",
                "warm-cache cache.dump --target redis://localhost:6379 --yes",
                true,
                List.of(
                        OptionSpec.argument(0, "from", "PATH", "a dump, or a folder of files"),
                        OptionSpec.value("region", "NAME", "region that a folder's files go to"),
                        OptionSpec.value("threads", "N", "files stored at a time, 1 to 64 (default: 4)"),
                        OptionSpec.flag("overwrite", "a dump's entries replace those that are there")),
                invocation -> runWarm(invocation, interrupts));
    }

    private static CommandResult runDump(Invocation invocation, Interrupts interrupts) {
        Path file = invocation.currentFolder().resolve(invocation.required("file", "a file to write"));
        StoreUri target = invocation.workspace().requireTarget();
        Stops stops = new Stops(
                interrupts,
                invocation.console(),
                "dumped",
                "Run `migrator dump-cache` again to the same file; it goes on with " + file.getFileName() + ".part.");
        return TargetCache.with(target, service -> {
            List<String> regions = TargetCache.regions(invocation, service);
            DumpReport report;
            try {
                report = new CacheDump(service).write(file, new TreeSet<>(regions), false, stops);
            } catch (IOException unwritable) {
                throw fileTrouble(
                        "The dump " + file.getFileName() + " cannot be written.",
                        unwritable,
                        Files.exists(file.resolveSibling(file.getFileName() + ".part"))
                                ? "Check the path, its permissions and the space on the disk, and run the command again; it"
                                        + " goes on with " + file.getFileName() + ".part."
                                : "Check the path, its permissions and the space on the disk.");
            } catch (DumpDamagedException damaged) {
                throw new MigratorException(
                        ErrorCode.FILE_UNUSABLE,
                        "An unfinished dump is at " + file.getFileName() + ".part and cannot be taken up.",
                        String.valueOf(damaged.getMessage()),
                        "Remove it, or name another file.");
            }
            String line = String.format(
                    Locale.ROOT,
                    "%,d entries of %d regions written to %s%s%s",
                    report.entries(),
                    regions.size(),
                    file.getFileName(),
                    report.resumed() ? ", going on with an unfinished dump" : "",
                    report.damaged() == 0 ? "" : "; " + report.damaged() + " entries cannot be read and were left out");
            return new CommandResult(
                    report.damaged() == 0 ? ExitCode.OK : ExitCode.FINDINGS,
                    new DumpDocument(file.toString(), regions, report.entries(), report.damaged(), report.resumed()),
                    List.of(line),
                    report.damaged() == 0 ? List.of() : List.of("migrator check-cache"));
        });
    }

    private static MigratorException fileTrouble(String what, IOException failure, String fix) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE, what, failure.getClass().getSimpleName() + ": " + failure.getMessage(), fix);
    }

    private static CommandResult runWarm(Invocation invocation, Interrupts interrupts) {
        Path from = invocation.currentFolder().resolve(invocation.required("from", "a dump or a folder"));
        int threads = invocation.number("threads", 4, 1, 64);
        if (Files.isDirectory(from)) {
            invocation.required("region", "--region NAME for a folder's files");
        }
        Workspace workspace = invocation.confirmedWorkspace("Store cache entries for");
        StoreUri target = workspace.requireTarget();
        Stops stops = new Stops(
                interrupts,
                invocation.console(),
                "stored",
                "Run `migrator warm-cache` again with the same options; what is there by then is left.");
        return TargetLock.holding(
                workspace,
                "migrator warm-cache",
                () -> TargetCache.with(target, service -> warmed(invocation, service, from, threads, stops)));
    }

    private static CommandResult warmed(
            Invocation invocation, CacheService service, Path from, int threads, Stops stops) {
        try {
            if (Files.isDirectory(from)) {
                String region = invocation.value("region").orElseThrow();
                return result(from, new WarmUp(service, threads).fromFolder(region, from, stops));
            }
            return fromDump(from, new CacheDump(service).restore(from, invocation.flag("overwrite"), stops));
        } catch (IOException unreadable) {
            throw fileTrouble(
                    from.getFileName() + " cannot be read.", unreadable, "Check the path and its permissions.");
        } catch (DumpDamagedException damaged) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    from.getFileName() + " is not a whole dump; nothing was stored.",
                    String.valueOf(damaged.getMessage()),
                    "Write the dump again, or name a folder of files.");
        }
    }

    private static CommandResult fromDump(Path from, RestoreReport report) {
        return result(from, new WarmUpReport(report.restored(), report.present(), Map.of(), report.failed()));
    }

    private static CommandResult result(Path from, WarmUpReport report) {
        List<String> failures = new ArrayList<>();
        report.failures().forEach((source, why) -> failures.add(source + ": " + why));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d entries stored, %,d were there or have expired, %,d failed",
                report.loaded(),
                report.present(),
                report.failed()));
        failures.forEach(failure -> lines.add("  " + failure));
        return new CommandResult(
                report.isComplete() ? ExitCode.OK : ExitCode.FINDINGS,
                new WarmDocument(from.toString(), report.loaded(), report.present(), report.failed(), failures),
                lines,
                report.isComplete() ? List.of() : List.of("migrator warm-cache again, for what failed"));
    }
}
