package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.DataSurvey;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.plan.PlanFile;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.settings.SettingsAnalysis;
import io.cachemigrator.migrator.settings.SettingsChange;
import io.cachemigrator.migrator.settings.SettingsMigration;
import io.cachemigrator.migrator.source.CallSite;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceMigration;
import io.cachemigrator.migrator.source.SourcePatch;
import java.util.ArrayList;
import java.util.List;

/** Works out what a migration of a project would do, from what is really there. Changes nothing. */
public final class Planner {
    private final Workspace workspace;
    private final Families families;
    private final Progress progress;

    /** For a project. */
    public Planner(Workspace workspace, Families families, Progress progress) {
        this.workspace = workspace;
        this.families = families;
        this.progress = progress;
    }

    /**
     * Makes the plan.
     *
     * @throws MigratorException when nothing can be compiled, the settings cannot be read, or a store does not answer
     */
    public Planned plan() {
        MapSet maps = families.selected();
        progress.line("Reading the sources");
        SourceAnalysis source = new SourceMigration(
                        ProjectCode.read(workspace.root(), workspace.config().javaRuntime()),
                        maps.maps(),
                        new CandidateSources())
                .analyse(progress);
        refuseUncompiled(source);
        source.problems().forEach(problem -> progress.line("  warning: " + problem.display()));
        source.compileErrors().forEach(error -> progress.line("  warning: " + Findings.notOurs(error)));
        progress.line("Reading the settings");
        SettingsAnalysis settings = settings(maps, source);
        refuseUnreadable(settings);
        DataSurvey.Result survey = survey(maps);
        Plan plan = new Plan(
                Plan.VERSION,
                workspace.root().toString(),
                workspace.legacy() == null ? "" : workspace.legacy().toString(),
                workspace.target() == null ? "" : workspace.target().toString(),
                maps.families(),
                maps.parameters(),
                families.hashes(maps),
                files(source, settings),
                refused(source),
                survey.keySpaces(),
                survey.estimate());
        return new Planned(plan, source, settings, survey);
    }

    /** What the settings files hold, given the sources as they will be. */
    public SettingsAnalysis settings(MapSet maps, SourceAnalysis source) {
        Mentions mentions = Mentions.of(workspace.root(), source.patches());
        return new SettingsMigration(workspace.root(), maps.maps()).analyse(mentions::contains);
    }

    /** Errors of single files are no fault of ours; where there is no compiler nothing can be judged. */
    private static void refuseUncompiled(SourceAnalysis source) {
        source.compileErrors().stream()
                .filter(error -> error.file().isEmpty())
                .findFirst()
                .ifPresent(error -> {
                    throw new MigratorException(
                            ErrorCode.PROJECT_DOES_NOT_COMPILE,
                            "The project cannot be compiled.",
                            error.message(),
                            "Mend that first; `migrator check` lists what is missing.");
                });
    }

    private static void refuseUnreadable(SettingsAnalysis settings) {
        if (!settings.problems().isEmpty()) {
            var first = settings.problems().get(0);
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The settings file " + first.path() + " cannot be read.",
                    "Line " + first.line() + ": " + first.reason() + ".",
                    "Correct the line, then run the command again.");
        }
    }

    private DataSurvey.Result survey(MapSet maps) {
        if (workspace.legacy() == null) {
            return DataSurvey.Result.EMPTY;
        }
        progress.line("Counting the legacy keys on " + workspace.legacy());
        return DataSurvey.of(workspace.requireLegacy(), maps, DataMover.KEY_PREFIX);
    }

    private static List<PlanFile> files(SourceAnalysis source, SettingsAnalysis settings) {
        List<PlanFile> files = new ArrayList<>();
        for (SourcePatch patch : source.patches()) {
            files.add(new PlanFile(
                    patch.file(),
                    "source",
                    ContentStore.sha256(patch.before()),
                    ContentStore.sha256(patch.after()),
                    patch.diff()));
        }
        for (SettingsChange change : settings.changes()) {
            if (change.changes()) {
                files.add(new PlanFile(
                        change.path(),
                        "config",
                        ContentStore.sha256(change.before()),
                        ContentStore.sha256(change.after()),
                        change.diff()));
            }
        }
        return files;
    }

    private static List<String> refused(SourceAnalysis source) {
        return source.callSites().stream()
                .filter(site -> site.disposition() == CallSite.Disposition.REFUSED)
                .map(site -> site.file() + ":" + site.line() + " " + site.reasonCode())
                .toList();
    }
}
