package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.util.List;

/**
 * Passes over both stores that copy what has changed since and remove what was deleted, until a pass finds nothing. So the
 * writers that nobody mirrors are followed, as long as they change less during a pass than the pass mends. Used by one thread.
 */
final class Reconciliation implements AutoCloseable {
    private static final int CHUNK = 500;
    private static final int FEW = 100;

    private final DataCopy.Options options;
    private final LegacyReader source;
    private final CopyTarget target;
    private final CopyWorker worker;

    private Reconciliation(DataCopy.Options options, LegacyReader source, CopyTarget target, CopyWorker worker) {
        this.options = options;
        this.source = source;
        this.target = target;
        this.worker = worker;
    }

    static Reconciliation open(DataCopy.Options options) {
        LegacyReader source = options.stores().openLegacy();
        try {
            CopyTarget target = options.stores().openTarget();
            try {
                return new Reconciliation(
                        options, source, target, CopyWorker.open(options, new SourceLatency(System.nanoTime())));
            } catch (RuntimeException e) {
                target.close();
                throw e;
            }
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Makes passes until one is clean, at most so many, and returns what the last one found. */
    ComparisonResult run(int mostPasses) {
        for (int pass = 1; ; pass++) {
            options.lock().check();
            DataComparison comparison = new DataComparison(options.maps(), source, target, options.cancellation())
                    .withTolerance(toleranceMillis(pass < mostPasses));
            ComparisonResult result = comparison.full();
            if (result.differenceCount() == 0) {
                return result;
            }
            if (pass == mostPasses) {
                options.progress()
                        .line("  verify: " + result.differenceCount() + " differences are left after " + pass
                                + " passes: the application changes entries as fast as they are copied. Let it write"
                                + " through the shim, or pause its writes for a moment, then run"
                                + " `migrator migrate --resume`");
                return result;
            }
            refuseToEmpty(comparison.extra().size(), result.compared());
            mend(comparison, pass);
        }
    }

    /**
     * Where both sides know deadlines exactly, every renewed one is carried over. Only in the last pass those count as the same
     * that are not far apart: an application that renews them all the time would never be caught up with.
     */
    private long toleranceMillis(boolean more) {
        boolean exact = more && source.knowsDeadlines() && new Clocks(source, target).deadlineOffsetMillis() == 0;
        return exact ? Entries.EXACT_MILLIS : EntryComparison.TOLERANCE.toMillis();
    }

    /** A source that was flushed, or came back without its data, must not take the copies with it. */
    private static void refuseToEmpty(long gone, long there) {
        if (gone > FEW && gone > there) {
            throw new MigratorException(
                    ErrorCode.VERIFICATION_FAILED,
                    "The legacy store has lost most of its entries since they were copied.",
                    gone + " copies have no legacy entry any more, and " + there
                            + " have: it was flushed, or restarted without its data. The copies are left as they are.",
                    "Restore the legacy store, then run `migrator migrate --resume`; or undo the run with `migrator rollback`.");
        }
    }

    private void mend(DataComparison comparison, int pass) {
        options.progress()
                .line("  verify: pass " + pass + ": " + comparison.differing().size()
                        + " entries changed since they were copied, "
                        + comparison.extra().size() + " are gone; copying and removing them");
        // whoever lost the lock must not touch what its successor writes
        options.lock().check();
        worker.copy(comparison.differing());
        Leftovers leftovers = new Leftovers(options.maps(), source, target);
        ReplacedEntries replaced = new ReplacedEntries(options.runId(), options.journal(), options.backup());
        List<CopyTarget.Copy> extra = comparison.extra();
        for (int from = 0; from < extra.size(); from += CHUNK) {
            options.cancellation().check();
            leftovers.remove(extra.subList(from, Math.min(from + CHUNK, extra.size())), replaced);
        }
    }

    @Override
    public void close() {
        worker.close();
        target.close();
        source.close();
    }
}
