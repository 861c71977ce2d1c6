package io.cachemigrator.migrator.check;

import io.cachemigrator.map.encoding.LegacyEncoding;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.DataSurvey;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.project.EncryptionKeys;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.settings.SettingsAnalysis;
import io.cachemigrator.migrator.settings.SettingsFinding;
import io.cachemigrator.migrator.source.CallSite;
import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Takes inventory of a project and its stores, and always finishes: what cannot be read is a blocker among others. */
public final class CheckEngine {
    private static final int CONFIG_MINUTES = 5;
    private static final int MOST_SAMPLES = 10;

    private final Workspace workspace;
    private final MapSet maps;
    private final Progress progress;
    private final List<String> blockers = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean environmentAtFault;

    /** For a project. */
    public CheckEngine(Workspace workspace, MapSet maps, Progress progress) {
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
     * @param sources reads the sources
     * @param settings reads the settings, given the sources as they will be
     */
    public CheckReport check(
            Function<MapSet, SourceAnalysis> sources, Function<SourceAnalysis, SettingsAnalysis> settings) {
        progress.line("Reading the sources");
        SourceAnalysis source = sources.apply(maps);
        sourceBlockers(source);
        progress.line("Reading the settings");
        SettingsAnalysis found = settings.apply(source);
        found.problems()
                .forEach(problem -> blockers.add(problem.path() + ":" + problem.line() + " cannot be read: "
                        + problem.reason() + ". Correct the line."));
        DataSurvey.Result survey = survey();
        encryptionKeys();
        unfinishedRun();
        readiness(survey.estimate().bytes());
        return report(source, found, survey);
    }

    private void sourceBlockers(SourceAnalysis source) {
        if (!source.compileErrors().isEmpty()) {
            SourceProblem first = source.compileErrors().get(0);
            blockers.add(
                    "The project does not compile (" + source.compileErrors().size() + " errors), first " + first.file()
                            + ":" + first.line() + ": " + first.message() + ". Make it compile.");
        }
        source.problems().forEach(problem -> warnings.add(problem.display()));
        if (!source.untyped().isEmpty()) {
            warnings.add(source.untyped().size()
                    + " references have no known type, so legacy usage may hide behind them. Complete the class path.");
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

    private CheckReport report(SourceAnalysis source, SettingsAnalysis settings, DataSurvey.Result survey) {
        List<CheckReport.Finding> findings = new ArrayList<>();
        source.callSites().forEach(site -> findings.add(finding(site)));
        settings.changes().forEach(change -> change.findings().forEach(one -> findings.add(finding(one))));
        survey.keySpaces()
                .forEach(space -> findings.add(new CheckReport.Finding(
                        id("DATA", space.name(), "", ""),
                        space.family(),
                        CheckReport.Kind.DATA,
                        space.name(),
                        0,
                        space.keys() + " keys",
                        space.strategy(),
                        true,
                        "low",
                        new CheckReport.Effort(0, 0),
                        "data." + space.strategy())));
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
                findings,
                summary(findings),
                survey.keySpaces().stream().map(CheckReport.KeySpaceCount::of).toList(),
                new CheckReport.Samples(survey.unclaimed(), survey.unclaimedSamples()),
                new CheckReport.Samples(excludedCount, excluded),
                new CheckReport.Samples(
                        source.untyped().size(),
                        source.untyped().stream()
                                .limit(MOST_SAMPLES)
                                .map(one -> one.file() + ":" + one.line() + " " + one.message())
                                .toList()));
    }

    private static CheckReport.Finding finding(CallSite site) {
        boolean automatic = site.disposition() != CallSite.Disposition.REFUSED;
        String replacement = automatic ? site.replacement() : site.reasonCode() + ": " + site.reason();
        return new CheckReport.Finding(
                id("SOURCE", site.file(), String.valueOf(site.line()), site.api()),
                site.family(),
                CheckReport.Kind.SOURCE,
                site.file(),
                site.line(),
                site.api(),
                replacement,
                automatic,
                site.complexity(),
                new CheckReport.Effort(site.minMinutes(), site.maxMinutes()),
                site.rule());
    }

    private CheckReport.Finding finding(SettingsFinding one) {
        return new CheckReport.Finding(
                id("CONFIG", one.path(), String.valueOf(one.line()), one.key()),
                String.join(",", maps.families()),
                CheckReport.Kind.CONFIG,
                one.path(),
                one.line(),
                one.key(),
                one.replacement(),
                one.automatic(),
                "low",
                new CheckReport.Effort(one.automatic() ? 0 : 1, CONFIG_MINUTES),
                one.rule());
    }

    private static CheckReport.Summary summary(List<CheckReport.Finding> findings) {
        Set<String> files = new LinkedHashSet<>();
        long callSites = 0;
        long automatic = 0;
        long min = 0;
        long max = 0;
        for (CheckReport.Finding finding : findings) {
            callSites += finding.kind() == CheckReport.Kind.SOURCE ? 1 : 0;
            automatic += finding.automatic() ? 1 : 0;
            if (finding.kind() != CheckReport.Kind.DATA) {
                files.add(finding.file());
            }
            if (!finding.automatic()) {
                min += finding.effortMinutes().min();
                max += finding.effortMinutes().max();
            }
        }
        return new CheckReport.Summary(
                callSites, automatic, findings.size() - automatic, files.size(), new CheckReport.Effort(min, max));
    }

    private static String id(String kind, String where, String line, String what) {
        String text = kind + "|" + where + "|" + line + "|" + what;
        return ContentStore.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }
}
