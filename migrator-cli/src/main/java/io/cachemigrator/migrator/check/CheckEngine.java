package io.cachemigrator.migrator.check;

import io.cachemigrator.map.encoding.LegacyEncoding;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.DataSurvey;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.inventory.Gap;
import io.cachemigrator.migrator.inventory.SourceInventory;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.project.EncryptionKeys;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.settings.SettingsAnalysis;
import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Takes inventory of a project and its stores, and always finishes: what cannot be read is a blocker among others. */
public final class CheckEngine {
    private static final int MOST_SAMPLES = 10;

    private final Workspace workspace;
    private final MapSet maps;
    private final UnaryOperator<String> moduleOf;
    private final Progress progress;
    private final List<String> blockers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private boolean environmentAtFault;

    /**
     * For a project.
     *
     * @param moduleOf the module that a file belongs to
     */
    public CheckEngine(Workspace workspace, MapSet maps, UnaryOperator<String> moduleOf, Progress progress) {
        this.moduleOf = moduleOf;
        this.workspace = workspace;
        this.maps = maps;
        this.progress = progress;
    }

    /**
     * Whether a store, database or file could not be used, so that the exit code is {@link ExitCode#ENVIRONMENT}; known
     * after {@link #check}.
     */
    public boolean environmentAtFault() {
        return environmentAtFault;
    }

    /**
     * Checks everything.
     *
     * @param sources reads the sources of the families to migrate
     * @param inventory looks for other caches in the sources
     * @param settings reads the settings, given the sources as they will be
     */
    public CheckReport check(
            Function<MapSet, SourceAnalysis> sources,
            Supplier<SourceInventory> inventory,
            Function<SourceAnalysis, SettingsAnalysis> settings) {
        progress.line("Reading the sources");
        SourceAnalysis source = sources.apply(maps);
        sourceBlockers(source);
        progress.line("Looking for caches in the code");
        SourceInventory code = inventory.get();
        gaps.addAll(SourceGaps.of(source, code));
        gapBlockers();
        progress.line("Reading the settings");
        SettingsAnalysis found = settings.apply(source);
        found.problems()
                .forEach(problem -> blockers.add(problem.path() + ":" + problem.line() + " cannot be read: "
                        + problem.reason() + ". Correct the line."));
        DataSurvey.Result survey = survey();
        encryptionKeys();
        unfinishedRun();
        readiness(survey.estimate().bytes());
        return report(source, code, found, survey);
    }

    /** What does not compile in single files is left as it is; where there is no compiler nothing can be judged. */
    private void sourceBlockers(SourceAnalysis source) {
        if (!source.compileErrors().isEmpty()) {
            SourceProblem first = source.compileErrors().get(0);
            String place = first.file().isEmpty() ? "" : first.file() + ":" + first.line() + ": ";
            String what = "The project does not compile ("
                    + source.compileErrors().size() + " errors), first " + place + first.message() + ".";
            if (first.file().isEmpty()) {
                blockers.add(what);
            } else {
                warnings.add(what + " They are not held against what is rewritten. Make it compile.");
            }
        }
        source.problems().forEach(problem -> warnings.add(problem.display()));
    }

    private void gapBlockers() {
        for (Gap.Kind kind : Gap.Kind.values()) {
            List<Gap> some = gaps.stream().filter(gap -> gap.kind() == kind).toList();
            if (kind.hides() && !some.isEmpty()) {
                Gap first = some.get(0);
                blockers.add("The inventory is not complete (" + kind.rule() + ", " + some.size() + "), first "
                        + first.file() + ":" + first.line() + ": " + first.what() + ". " + first.fix());
            }
        }
    }

    private DataSurvey.Result survey() {
        if (workspace.legacy() == null) {
            warnings.add("No legacy store is named, so data were not looked at. Name it with --legacy.");
            return DataSurvey.Result.EMPTY;
        }
        progress.line("Counting the legacy keys on " + workspace.legacy());
        try {
            return DataSurvey.of(workspace.requireLegacy(), maps, DataMover.KEY_PREFIX);
        } catch (MigratorException e) {
            // readiness reports the same store with its reason
            environmentAtFault |= e.code().exitCode() == ExitCode.ENVIRONMENT;
            return DataSurvey.Result.EMPTY;
        }
    }

    private void encryptionKeys() {
        boolean sealed = maps.maps().stream()
                .flatMap(map -> map.keySpaces().stream())
                .anyMatch(space -> space.encodings().contains(LegacyEncoding.FERNET));
        EncryptionKeys keys = workspace.config().encryptionKeys();
        keys.missing()
                .forEach(reference -> warnings.add("The encryption key " + reference
                        + ". Entries that it would open are set aside; make it available."));
        if (sealed && !keys.keys().isEmpty() && workspace.legacy() != null) {
            warnings.add(
                    "Encrypted entries are decrypted on their way, and their copies are not encrypted on the target."
                            + " Protect the target, or leave encryption-keys out so that they are set aside.");
        }
    }

    private void unfinishedRun() {
        try (JournalDatabase database = JournalDatabase.openForReading(workspace.journal())) {
            if (database == null) {
                return;
            }
            new RunJournal(database)
                    .runs(workspace.root().toString()).stream()
                            .filter(run -> run.state().isUnfinished())
                            .findFirst()
                            .ifPresent(
                                    run -> blockers.add(
                                            "Run " + run.runId() + " is unfinished (" + run.state()
                                                    + "). Resume it with `migrator migrate --resume` or undo it with `migrator rollback`."));
        } catch (MigratorException e) {
            environmentAtFault = true;
            blockers.add(e.code().code() + " " + e.what() + " " + e.why() + " " + e.fix());
        }
    }

    private void readiness(long bytes) {
        progress.line("Asking the stores what they allow");
        for (ReadinessFinding finding : Readiness.of(workspace, maps, bytes, workspace.legacy() != null)) {
            ErrorCode code = finding.code();
            if (finding.blocker()) {
                boolean environment = code != null && code.exitCode() == ExitCode.ENVIRONMENT;
                environmentAtFault |= environment && code != ErrorCode.TARGET_FULL;
                blockers.add((code == null ? "" : code.code() + " ") + finding.message() + " " + finding.fix());
            } else {
                warnings.add(finding.message() + " " + finding.fix());
            }
        }
    }

    private CheckReport report(
            SourceAnalysis source, SourceInventory inventory, SettingsAnalysis settings, DataSurvey.Result survey) {
        Findings findings = new Findings(moduleOf);
        source.callSites().forEach(findings::add);
        inventory.uses().forEach(findings::add);
        gaps.forEach(findings::add);
        settings.changes().forEach(change -> change.findings().forEach(one -> findings.add(one, maps.families())));
        survey.keySpaces().forEach(findings::add);
        List<String> excluded = survey.excluded().entrySet().stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .sorted()
                .toList();
        long excludedCount =
                survey.excluded().values().stream().mapToLong(Long::longValue).sum();
        return new CheckReport(
                blockers.isEmpty(),
                List.copyOf(blockers),
                List.copyOf(warnings),
                findings.all(),
                findings.summary(),
                survey.keySpaces().stream().map(CheckReport.KeySpaceCount::of).toList(),
                new CheckReport.Samples(survey.unclaimed(), survey.unclaimedSamples()),
                new CheckReport.Samples(excludedCount, excluded),
                untyped(),
                new CheckReport.SourceCoverage(
                        Math.max(source.files(), inventory.files()), inventory.read(), inventory.leftOut()));
    }

    private CheckReport.Samples untyped() {
        List<String> all = gaps.stream()
                .filter(gap -> gap.kind() == Gap.Kind.UNTYPED)
                .map(gap -> gap.file() + ":" + gap.line() + " " + gap.what())
                .toList();
        return new CheckReport.Samples(
                all.size(), all.stream().limit(MOST_SAMPLES).toList());
    }
}
