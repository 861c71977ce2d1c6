package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePresence;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageMoves;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Moves the stage, step by step, each held until every process that is known to run has seen it. */
final class StageChange {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final StageStore store;
    private final Cancellation cancellation;
    private final Progress progress;
    private final boolean force;

    /**
     * Of a project.
     *
     * @param force whether processes whose environment overrides the stage are left behind
     */
    StageChange(StageStore store, Cancellation cancellation, Progress progress, boolean force) {
        this.store = store;
        this.cancellation = cancellation;
        this.progress = progress;
        this.force = force;
    }

    /** Moves to a stage over those between, and waits for each to be seen. Doing it again waits again. */
    void to(Stage wanted) {
        to(wanted, store.silentWait());
    }

    /**
     * As {@link #to(Stage)}, where nothing follows that depends on it.
     *
     * @param silent how long to wait at the end when no process says anything
     */
    void to(Stage wanted, Duration silent) {
        refuseOverridden(wanted);
        for (Stage step : StageMoves.path(store.current(), wanted)) {
            cancellation.check();
            store.set(step);
            progress.line("  stage: " + step.text());
            if (!step.equals(wanted)) {
                awaitSeen(step, store.silentWait());
            }
        }
        awaitSeen(wanted, silent);
    }

    private void refuseOverridden(Stage wanted) {
        List<StagePresence> stuck = store.present().stream()
                .filter(one -> one.overridden() && !one.stage().equals(wanted))
                .toList();
        if (!stuck.isEmpty() && !force) {
            throw new MigratorException(
                    ErrorCode.STAGE_NOT_FOLLOWED,
                    "Processes would not follow the stage to " + wanted.text() + ": " + names(stuck) + ".",
                    "USE_CONSOLIDATED_CACHE in their environment overrides it.",
                    "Restart them without that variable, or use --force to leave them behind.");
        }
        stuck.forEach(one -> progress.line("  overridden by --force: " + one.process() + " stays at "
                + one.stage().text()));
    }

    /** Waits until every process that reports is at a stage; for those that do not report, as long as they may take. */
    private void awaitSeen(Stage stage, Duration silent) {
        long begun = System.nanoTime();
        while (true) {
            List<StagePresence> present = store.present().stream()
                    .filter(one -> !(force && one.overridden()))
                    .toList();
            List<StagePresence> late =
                    present.stream().filter(one -> !one.stage().equals(stage)).toList();
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (late.isEmpty() && (!present.isEmpty() || waited.compareTo(silent) >= 0)) {
                return;
            }
            if (waited.compareTo(PATIENCE) >= 0) {
                throw new MigratorException(
                        ErrorCode.STAGE_NOT_FOLLOWED,
                        "Not every process has seen the stage " + stage.text() + ": " + names(late) + ".",
                        "The stage is set, and nothing goes on before they have; they were waited for "
                                + PATIENCE.toSeconds() + " s.",
                        "End the processes that hang, then run the same command again.");
            }
            cancellation.check();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Waits until no process has changes left to hand over, or it has had its time. */
    void awaitHandedOver() {
        long begun = System.nanoTime();
        while (store.present().stream().anyMatch(one -> one.behind() > 0)
                && System.nanoTime() - begun < PATIENCE.toNanos() / 4) {
            cancellation.check();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static String names(List<StagePresence> processes) {
        return processes.stream()
                .map(one -> one.process() + " at " + one.stage().text())
                .collect(Collectors.joining(", "));
    }
}
