package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.arch.ArchCheck;
import io.cachemigrator.migrator.arch.ArchReport;
import io.cachemigrator.migrator.arch.ArchReports;
import io.cachemigrator.migrator.check.SarifReport;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Families;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code arch}: keeps legacy usage from growing, on compiled classes. */
final class ArchCommand {
    private static final String STORE = "legacy-usage";
    private static final int MOST_LINES = 50;

    private ArchCommand() {}

    static CommandSpec spec() {
        return new CommandSpec(
                "arch",
                "fails when compiled classes use legacy caches in a way that was not accepted before",
                "arch --project my-app --update",
                false,
                List.of(
                        OptionSpec.repeated(
                                "classes",
                                "DIR|JAR",
                                "classes to look at (default: where the project's build puts them)"),
                        OptionSpec.value(
                                "store",
                                "DIR",
                                "folder of the accepted uses, to commit (default: legacy-usage in the project)"),
                        OptionSpec.flag(
                                "update", "forget accepted uses that are gone; makes the store where there is none"),
                        OptionSpec.flag("accept-new", "accept every use that is there; takes --yes"),
                        OptionSpec.value("sarif", "FILE", "write new uses as SARIF 2.1.0"),
                        OptionSpec.value("junit", "FILE", "write new uses as JUnit XML")),
                ArchCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        ArchCheck.Change change = change(invocation);
        Workspace workspace = invocation.workspace();
        Path folder = invocation.currentFolder();
        List<Path> classes =
                invocation.values("classes").stream().map(folder::resolve).toList();
        Path store = invocation
                .value("store")
                .map(folder::resolve)
                .orElse(workspace.root().resolve(STORE));
        ArchReport report =
                new ArchCheck(workspace.root(), new Families(workspace).named()).run(classes, store, change);
        invocation.value("sarif").ifPresent(file -> SarifReport.writeUses(report.violations(), folder.resolve(file)));
        invocation.value("junit").ifPresent(file -> ArchReports.junit(report, folder.resolve(file)));
        boolean clean = report.violations().isEmpty() && report.unreadable().isEmpty();
        return new CommandResult(clean ? ExitCode.OK : ExitCode.FINDINGS, report, text(report), nextSteps(report));
    }

    private static ArchCheck.Change change(Invocation invocation) {
        if (!invocation.flag("accept-new")) {
            return invocation.flag("update") ? ArchCheck.Change.UPDATE : ArchCheck.Change.NONE;
        }
        if (!invocation.flag("yes")) {
            throw new MigratorException(
                    ErrorCode.NOT_CONFIRMED,
                    "'arch --accept-new' lets legacy usage grow and was not confirmed.",
                    "--yes was not given.",
                    "Look at what `migrator arch` lists, and add --yes if all of it has to stay.");
        }
        return ArchCheck.Change.ACCEPT;
    }

    private static List<String> nextSteps(ArchReport report) {
        if (!report.violations().isEmpty()) {
            return List.of(
                    "migrator dry-run, which shows what is rewritten",
                    "migrator arch --accept-new --yes, for what must stay");
        }
        return report.gone() > 0 ? List.of("migrator arch --update") : List.of();
    }

    private static List<String> text(ArchReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("== Legacy usage in " + report.classes() + " classes");
        report.violations().stream()
                .limit(MOST_LINES)
                .forEach(one -> lines.add("  new: " + one.file() + (one.line() > 0 ? ":" + one.line() : "") + "  "
                        + one.origin() + " uses " + one.use() + "; use " + one.replacement()));
        int more = report.violations().size() - MOST_LINES;
        if (more > 0) {
            lines.add("  and " + more + " more; --output json lists all");
        }
        report.unreadable().forEach(name -> lines.add("  not readable: " + name + ", such as a class of a newer Java"));
        lines.add("  " + report.uses() + " uses in all, " + report.violations().size() + " new, " + report.gone()
                + " accepted ones are gone"
                + (report.accepted() > 0 ? ", " + report.accepted() + " accepted now" : ""));
        lines.add("  store: " + report.store());
        return lines;
    }
}
