package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.ValidationJournal;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageStore;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.migrator.verify.ComparisonState;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares both sides of a project. How far a comparison of everything has come is kept in the journal, where there is one,
 * so that one that was killed can be gone on with.
 */
public final class ValidationRun {
    private final Workspace workspace;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;

    /** For a project. */
    public ValidationRun(Workspace workspace, Clock clock, Cancellation cancellation, Progress progress) {
        this.workspace = workspace;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * What is compared.
     *
     * @param sample how many entries to draw; 0 = all
     * @param digest whether the target is asked for digests first
     * @param resume whether to go on with the last comparison, where that did not end
     */
    public record Options(int sample, boolean digest, boolean resume) {}

    /**
     * What was found.
     *
     * @param result what the comparison found
     * @param resumed whether some of that was found before this command was started
     */
    public record Outcome(ComparisonResult result, boolean resumed) {}

    /** Compares. */
    public Outcome run(Options options) {
        Families families = new Families(workspace);
        MapSet maps = families.selected();
        DataMover mover = new DataMover(workspace.requireLegacy(), workspace.requireTarget(), maps, cancellation);
        if (workspace.journal().isAbsent()) {
            return new Outcome(
                    mover.compare(
                            new DataMover.CompareRequest(options.sample(), options.digest(), false, null), state -> {}),
                    false);
        }
        try (JournalDatabase database = JournalDatabase.open(workspace.journal())) {
            boolean legacyCounts = mirrorsKeepTarget(new RunJournal(database));
            if (options.sample() > 0) {
                return new Outcome(
                        mover.compare(
                                new DataMover.CompareRequest(options.sample(), false, legacyCounts, null), state -> {}),
                        false);
            }
            String scope = (options.digest() ? "digest " : "full ") + workspace.legacy() + " -> " + workspace.target()
                    + " " + maps.parameters() + " " + families.hashes(maps);
            return everything(mover, new ValidationJournal(database), options, scope, legacyCounts);
        }
    }

    private Outcome everything(
            DataMover mover, ValidationJournal journal, Options options, String scope, boolean legacyCounts) {
        String project = workspace.root().toString();
        ComparisonState before = options.resume() ? before(journal, project, scope) : null;
        String id = UUID.randomUUID().toString();
        String text = before == null ? "" : Documents.compact(before);
        journal.begin(project, new ValidationJournal.Unfinished(id, scope, text, clock.instant()));
        ComparisonResult result = mover.compare(
                new DataMover.CompareRequest(0, options.digest(), legacyCounts, before),
                state -> journal.save(project, id, Documents.compact(state)));
        journal.end(project, id);
        return new Outcome(result, before != null);
    }

    private @Nullable ComparisonState before(ValidationJournal journal, String project, String scope) {
        ValidationJournal.Unfinished last = journal.last(project).orElse(null);
        String why = last == null
                ? "every comparison has ended"
                : !last.scope().equals(scope)
                        ? "the last one was of other stores, maps or another mode"
                        : last.state().isEmpty() ? "the last one had not come far" : "";
        if (last == null || !why.isEmpty()) {
            progress.line("  there is nothing to go on with, as " + why + ": everything is compared");
            return null;
        }
        ComparisonState state = Documents.read(last.state(), ComparisonState.class);
        progress.line("  goes on with the comparison begun at " + last.startedAt() + ", after "
                + state.found().keys() + " keys; if the legacy store was restarted since, it begins again");
        return state;
    }

    /** Where processes that follow the stage write both, the target is to be like the legacy store, whoever wrote it. */
    private boolean mirrorsKeepTarget(RunJournal journal) {
        try (StageStore store = new StageStore(workspace, journal, clock)) {
            return store.bothSince() != null
                    && !(store.current() instanceof Stage.Consolidated)
                    && !store.present().isEmpty();
        }
    }
}
