package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.plan.Drift;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.plan.PlanFile;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.report.Progress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a plan to a project as journaled steps. Each step can be repeated, so a run that was killed at any instant goes
 * on where it was and ends as if it had never been.
 */
public final class MigrationRun {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Workspace workspace;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;

    /** For a project. */
    public MigrationRun(Workspace workspace, Clock clock, Cancellation cancellation, Progress progress) {
        this.workspace = workspace;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** What the lock of a project and target is called. */
    static String lockName(Workspace workspace) {
        return workspace.root() + " -> " + (workspace.target() == null ? "files" : workspace.target());
    }

    /**
     * Applies a plan, or one made now when {@code plan} is null.
     *
     * @throws MigratorException when reality has drifted from the plan, another run is at work or unfinished, or a step
     *     cannot go on; everything done until then is journaled
     */
    public MigrateReport apply(@Nullable Plan plan, MigrateOptions options) {
        Families families = new Families(workspace);
        try (JournalDatabase database = JournalDatabase.open(workspace.journal());
                RunLock lock = RunLock.acquire(database, lockName(workspace), "migrator migrate")) {
            RunJournal journal = new RunJournal(database).heldBy(lock);
            refuseUnfinished(journal);
            Planned planned = new Planner(workspace, families, progress).plan();
            boolean overridden = plan != null && overrideDrift(plan, planned.plan(), options);
            Plan applied = plan == null || overridden ? planned.plan() : plan;
            refuseUncommitted(applied, options);
            String runId = newRunId();
            if (options.tests() != null) {
                tests().baseline(runId, options.tests());
            }
            String detail = Documents.compact(RunDetail.of(planned, options));
            journal.startRun(
                    new RunRecord(
                            runId,
                            workspace.root().toString(),
                            String.valueOf(workspace.target()),
                            applied.sha256(),
                            applied.text(),
                            RunState.RUNNING,
                            null,
                            detail,
                            clock.instant(),
                            null),
                    StepName.texts());
            progress.line("Run " + runId + " applies plan " + applied.sha256().substring(0, 12));
            return new StepRunner(context(applied, families.selected(), runId, journal, lock, options), clock, planned)
                    .run();
        }
    }

    /** Goes on with the last run, which did not end. */
    public MigrateReport resume(MigrateOptions options) {
        if (workspace.journal().isAbsent()) {
            throw noRun();
        }
        Families families = new Families(workspace);
        try (JournalDatabase database = JournalDatabase.open(workspace.journal());
                RunLock lock = RunLock.acquire(database, lockName(workspace), "migrator migrate --resume")) {
            RunJournal journal = new RunJournal(database).heldBy(lock);
            RunRecord run = unfinished(journal).orElseThrow(MigrationRun::noRun);
            if (run.state() == RunState.ROLLING_BACK) {
                throw new MigratorException(
                        ErrorCode.UNFINISHED_RUN,
                        "Run " + run.runId() + " is being rolled back.",
                        "Its rollback did not end.",
                        "Finish it with `migrator rollback --run " + run.runId() + "`.");
            }
            Plan plan = Plan.ofJournal(run.plan());
            refuseOtherStores(plan);
            refuseWithoutTests(run, options);
            journal.runState(run.runId(), RunState.RUNNING, null, null);
            progress.line("Run " + run.runId() + " goes on");
            MapSet maps = families.selected();
            return new StepRunner(context(plan, maps, run.runId(), journal, lock, options), clock, null).run();
        }
    }

    private ProjectTests tests() {
        return new ProjectTests(workspace.root(), workspace.stateFolder().resolve("verify"), cancellation, progress);
    }

    /**
     * The command is kept nowhere, so that whoever goes on with the run has to name it; and without the state before the run
     * there is nothing that tests could be compared with.
     */
    private static void refuseWithoutTests(RunRecord run, MigrateOptions options) {
        boolean verifies = Documents.read(run.detail(), RunDetail.class).verifiesTests();
        if (options.tests() == null && verifies) {
            throw new MigratorException(
                    ErrorCode.USAGE,
                    "Run " + run.runId() + " was started with --verify-tests.",
                    "The command is kept nowhere, since it may hold a secret.",
                    "Name it again: migrator migrate --resume --verify-tests CMD.");
        }
        if (options.tests() != null && !verifies) {
            throw new MigratorException(
                    ErrorCode.USAGE,
                    "Run " + run.runId() + " was started without --verify-tests.",
                    "Nobody knows which tests passed before it.",
                    "Leave --verify-tests out, or roll the run back and start anew with it.");
        }
    }

    private static MigratorException noRun() {
        return new MigratorException(
                ErrorCode.NO_SUCH_RUN,
                "There is no run to resume.",
                "Every run of this project has ended.",
                "Start one with `migrator migrate`.");
    }

    private RunContext context(
            Plan plan, MapSet maps, String runId, RunJournal journal, RunLock lock, MigrateOptions options) {
        return new RunContext(workspace, plan, maps, runId, journal, lock, options, cancellation, progress);
    }

    private String newRunId() {
        return "run-" + RUN_TIME.format(clock.instant()) + "-"
                + String.format(Locale.ROOT, "%04x", new SecureRandom().nextInt(0x10000));
    }

    private Optional<RunRecord> unfinished(RunJournal journal) {
        return journal.runs(workspace.root().toString()).stream()
                .filter(run -> run.state().isUnfinished())
                .findFirst();
    }

    private void refuseUnfinished(RunJournal journal) {
        unfinished(journal).ifPresent(run -> {
            throw new MigratorException(
                    ErrorCode.UNFINISHED_RUN,
                    "Run " + run.runId() + " of this project is unfinished.",
                    "It is " + run.state() + " since " + run.startedAt() + ".",
                    "Go on with `migrator migrate --resume`, or undo it with `migrator rollback --run " + run.runId()
                            + "`.");
        });
    }

    /**
     * Refuses a plan that reality has drifted from. With force it says what has changed, and what is there now is applied
     * instead; a plan of another project is never.
     *
     * @return whether drift is overridden
     */
    private boolean overrideDrift(Plan plan, Plan actual, MigrateOptions options) {
        List<String> changes = Drift.between(plan, actual, clock);
        if (changes.isEmpty()) {
            return false;
        }
        if (options.force() && plan.project().equals(actual.project())) {
            changes.forEach(change -> progress.line("  overridden by --force: " + change));
            return true;
        }
        throw new MigratorException(
                ErrorCode.PLAN_DRIFTED,
                "The plan no longer says what is there.",
                "Since it was made, " + String.join("; ", changes) + ".",
                "Make a new plan with `migrator dry-run`, review it, and apply that.");
    }

    /** A user's changes and ours are not to be mixed in one file. */
    private void refuseUncommitted(Plan plan, MigrateOptions options) {
        Set<String> files = plan.files().stream()
                .filter(file -> file.kind().equals("source") && options.includes("source"))
                .map(PlanFile::file)
                .collect(Collectors.toSet());
        List<String> changed = new GitTree(workspace.root(), "git", progress).uncommitted(files);
        if (changed.isEmpty()) {
            return;
        }
        if (options.force()) {
            changed.forEach(file -> progress.line("  overridden by --force: " + file + " has uncommitted changes"));
            return;
        }
        throw new MigratorException(
                ErrorCode.UNCOMMITTED_CHANGES,
                "Files that would be rewritten have uncommitted changes.",
                "They are " + String.join(", ", changed) + ".",
                "Commit or stash them, then run the command again; --force rewrites them all the same.");
    }

    void refuseOtherStores(Plan plan) {
        String legacy = workspace.legacy() == null ? "" : workspace.legacy().toString();
        String target = workspace.target() == null ? "" : workspace.target().toString();
        if (!plan.legacy().equals(legacy) || !plan.target().equals(target)) {
            throw new MigratorException(
                    ErrorCode.PLAN_DRIFTED,
                    "The unfinished run works on other stores.",
                    "It copies from '" + plan.legacy() + "' to '" + plan.target() + "', and '" + legacy + "' and '"
                            + target + "' were named.",
                    "Name the stores of the run with --legacy and --target.");
        }
    }
}
