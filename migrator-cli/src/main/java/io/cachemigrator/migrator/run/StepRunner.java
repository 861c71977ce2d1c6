package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.data.CopyCounts;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.Following;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.journal.StepRecord;
import io.cachemigrator.migrator.journal.StepState;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.stage.StageMoves;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one run that are not done yet, journaling each, and reports the whole run. Used once. */
final class StepRunner {
    private final RunContext context;
    private final Clock clock;
    private final @Nullable Planned planned;
    private final RunReports reports;
    private final RunDetail detail;
    private @Nullable Following following;

    /**
     * Of a run.
     *
     * @param planned what the plan was made from; null when a run is resumed after its backup
     */
    StepRunner(RunContext context, Clock clock, @Nullable Planned planned) {
        this.context = context;
        this.clock = clock;
        this.planned = planned;
        this.reports = new RunReports(context);
        this.detail = reports.detail();
    }

    MigrateReport run() {
        try {
            for (StepRecord step : context.journal().steps(context.runId())) {
                if (!step.state().isDone()) {
                    context.cancellation().check();
                    context.lock().check();
                    run(step);
                }
            }
            return finish();
        } catch (MigratorException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                context.journal()
                        .runState(
                                context.runId(),
                                RunState.INTERRUPTED,
                                MigrateReport.Outcome.INTERRUPTED.name(),
                                clock.instant());
                return reports.of(MigrateReport.Outcome.INTERRUPTED);
            }
            if (e.code() == ErrorCode.TESTS_BROKEN) {
                context.journal().runState(context.runId(), RunState.UNDONE, null, clock.instant());
            } else {
                failed();
            }
            throw e;
        } catch (RuntimeException e) {
            failed();
            throw e;
        } finally {
            stopFollowing();
        }
    }

    /** What is changed past the shim is followed from before the first key is read until all are compared. */
    private Following follow() {
        if (following == null) {
            following = context.mover()
                    .follow(
                            context.copyRequest(),
                            context.journal(),
                            context.backup(),
                            context.lock(),
                            context.progress(),
                            context.workspace().config().notifications());
        }
        return following;
    }

    /** Before the stage is changed: then the other layout counts. */
    private void stopFollowing() {
        if (following != null) {
            following.close();
            following = null;
        }
    }

    private void failed() {
        context.journal()
                .runState(context.runId(), RunState.FAILED, MigrateReport.Outcome.FAILED.name(), clock.instant());
    }

    private void run(StepRecord step) {
        StepName name = StepName.of(step.name());
        int number = step.ordinal() + 1;
        context.journal()
                .step(
                        context.runId(),
                        new StepRecord(step.ordinal(), step.name(), StepState.RUNNING, "{}", step.durationMs()));
        long begun = System.nanoTime();
        StepState state = StepState.FAILED;
        StepOutcome outcome = null;
        try {
            outcome = perform(name);
            state = outcome.state();
        } finally {
            long duration = step.durationMs() + (System.nanoTime() - begun) / 1_000_000;
            String text = outcome == null ? "{}" : Documents.compact(outcome.detail());
            context.journal().step(context.runId(), new StepRecord(step.ordinal(), step.name(), state, text, duration));
            context.progress()
                    .line("[" + number + "/" + StepName.values().length + "] " + step.name() + ": "
                            + (outcome == null ? "not finished" : outcome.summary()) + " (" + duration + " ms)");
        }
    }

    private StepOutcome perform(StepName name) {
        FileSteps files = new FileSteps(context);
        Set<String> only = Set.copyOf(detail.only());
        return switch (name) {
            case PREFLIGHT -> Preflight.run(context);
            case BACKUP -> files.backup(planned != null ? planned : replanned(), detail.backup());
            case SCHEMA -> StepOutcome.applied(Map.of(), "journal is up to date");
            case SOURCE -> asked(only, "source") ? files.write("source") : notAsked();
            case CONFIGURATION -> verified(asked(only, "config") ? files.write("config") : notAsked(), files);
            case DATA -> asked(only, "data") && context.hasData() ? data() : notAsked();
            case VERIFY -> asked(only, "data") && context.hasData() ? verify() : notAsked();
            case STAGE -> only.isEmpty() ? stage() : notAsked();
        };
    }

    /** What the project's tests say of the files as they are now; where they got worse, all are put back. */
    private StepOutcome verified(StepOutcome written, FileSteps files) {
        TestCommand command = context.options().tests();
        if (!detail.verifiesTests()) {
            return written;
        }
        if (command == null) { // a process that joined leads now
            throw new MigratorException(
                    ErrorCode.TESTS_UNUSABLE,
                    "The project's tests cannot be run by this process.",
                    "The run was started with --verify-tests, and its command is kept nowhere.",
                    "Run `migrator migrate --resume --verify-tests CMD`.");
        }
        ProjectTests tests = context.tests();
        List<String> worse = tests.after(context.runId(), command).worseThan(tests.before(context.runId()));
        if (worse.isEmpty()) {
            return written;
        }
        int restored = files.restore();
        throw new MigratorException(
                ErrorCode.TESTS_BROKEN,
                "The project's tests got worse, so " + restored + " files were put back as they were.",
                worse.size() + " passed before and did not after, first " + worse.get(0) + ".",
                "Look into " + tests.log(context.runId()) + ", mend the cause, then run the command again.");
    }

    private static boolean asked(Set<String> only, String part) {
        return only.isEmpty() || only.contains(part);
    }

    private static StepOutcome notAsked() {
        return StepOutcome.skipped("nothing to do");
    }

    /** A run that died before its backup works its changes out again; they must be the planned ones to the byte. */
    private Planned replanned() {
        return new Planner(context.workspace(), new Families(context.workspace()), context.progress()).plan();
    }

    private StepOutcome data() {
        if (detail.only().isEmpty()) {
            writeBoth();
        }
        JoiningRun.markBackup(context);
        Following unused = follow();
        CopyCounts counts = context.mover()
                .copy(context.copyRequest(), context.journal(), context.backup(), context.lock(), context.progress());
        StepState state = counts.quarantined() > 0 ? StepState.APPLIED_WITH_ERRORS : StepState.APPLIED;
        return new StepOutcome(
                state,
                new RunReports.DataDetail(counts.bySpace()),
                counts.written() + " of " + counts.scanned() + " keys copied and read back, " + counts.quarantined()
                        + " set aside");
    }

    private StepOutcome verify() {
        DataMover.Verified result = context.mover()
                .verifyCopy(
                        context.copyRequest(),
                        context.journal(),
                        context.backup(),
                        context.lock(),
                        context.progress(),
                        follow());
        stopFollowing();
        StepState state = result.differences() > 0 ? StepState.APPLIED_WITH_ERRORS : StepState.APPLIED;
        return new StepOutcome(
                state,
                new RunReports.VerifyDetail(result.differences()),
                result.compared() + " entries compared, " + result.differences() + " differences");
    }

    /** What is changed while it is copied, and after that, has to reach the target too. */
    private void writeBoth() {
        try (StageStore store = new StageStore(context.workspace(), context.journal(), clock)) {
            Stage current = store.current();
            boolean both = current instanceof Stage.DualWrite || StageMoves.readsTarget(current);
            change(store).to(both ? current : new Stage.DualWrite());
        }
    }

    private StageChange change(StageStore store) {
        return new StageChange(
                store,
                context.cancellation(),
                context.progress(),
                context.options().force());
    }

    private StepOutcome stage() {
        if (reports.differences() > 0) {
            return StepOutcome.skipped("the stage stays, because verification found differences");
        }
        try (StageStore store = new StageStore(context.workspace(), context.journal(), clock)) {
            if (detail.untilDualWrite()) {
                return StepOutcome.skipped("the stage stays " + store.current().text() + ", as asked");
            }
            if (context.hasData()) {
                change(store).to(new Stage.Consolidated(), Duration.ZERO);
            } else {
                // there is nothing that could be lost between two stages
                store.set(new Stage.Consolidated());
            }
        }
        return StepOutcome.applied(Map.of(), "CONSOLIDATED");
    }

    private MigrateReport finish() {
        CopyCounts counts = reports.counts();
        MigrateReport.Outcome outcome;
        RunState state;
        if (reports.differences() > 0) {
            outcome = MigrateReport.Outcome.FAILED;
            state = RunState.FAILED;
        } else if (counts.quarantined() > 0 || !detail.source().refused().isEmpty()) {
            outcome = MigrateReport.Outcome.COMPLETED_WITH_ERRORS;
            state = RunState.COMPLETED_WITH_ERRORS;
        } else {
            outcome = MigrateReport.Outcome.COMPLETED;
            state = RunState.COMPLETED;
        }
        if (state == RunState.FAILED) {
            repeatVerification();
        }
        context.journal().runState(context.runId(), state, outcome.name(), clock.instant());
        return reports.of(outcome);
    }

    /** A resumed run verifies again. */
    private void repeatVerification() {
        for (StepRecord step : context.journal().steps(context.runId())) {
            if (StepName.of(step.name()).compareTo(StepName.VERIFY) >= 0) {
                context.journal()
                        .step(
                                context.runId(),
                                new StepRecord(
                                        step.ordinal(),
                                        step.name(),
                                        StepState.FAILED,
                                        step.detail(),
                                        step.durationMs()));
            }
        }
    }
}
