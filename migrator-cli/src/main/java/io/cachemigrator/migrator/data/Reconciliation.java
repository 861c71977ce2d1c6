package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes over both stores that copy what has changed since and remove what was deleted, until a pass finds nothing. So the
 * writers that nobody mirrors are followed, as long as they change less during a pass than the pass mends. Used by one thread.
 */
final class Reconciliation implements AutoCloseable {
    private static final int CHUNK = 500;
    private static final int FEW = 100;
    private static final int MOST_LOOKS = 20;

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

    /**
     * Makes passes until one is clean, at most so many, and returns what the last one found. Where changes are followed, a pass is
     * clean as well when whatever differed in it was found equal later, and nothing that was changed meanwhile was missed.
     */
    DataMover.Verified run(int mostPasses, Following following) {
        for (int pass = 1; ; pass++) {
            options.lock().check();
            long gaps = following.gaps();
            DataComparison comparison = comparison(pass == mostPasses);
            ComparisonResult result = comparison.full();
            if (result.differenceCount() == 0) {
                boolean unused = gaps >= 0 && following.catchUp();
                return new DataMover.Verified(result.compared(), 0);
            }
            refuseToEmpty(comparison.extra().size(), result.compared());
            if (gaps >= 0 && settles(comparison, following, gaps)) {
                return new DataMover.Verified(result.compared(), 0);
            }
            if (pass == mostPasses) {
                options.progress()
                        .line("  verify: " + result.differenceCount() + " differences are left after " + pass
                                + " passes: the application changes entries as fast as they are copied. Let it write"
                                + " through the shim, or pause its writes for a moment, then run"
                                + " `migrator migrate --resume`");
                return new DataMover.Verified(result.compared(), result.differenceCount());
            }
            mend(comparison, pass);
        }
    }

    /** A pass that mends what it finds need not be sure of it; the last one is. */
    private DataComparison comparison(boolean last) {
        return new DataComparison(
                new DataComparison.Request(
                        options.maps(),
                        options.stores(),
                        options.threads(),
                        false,
                        options.legacyCounts(),
                        toleranceMillis(!last),
                        last ? Settling.PATIENT : Settling.BRIEF,
                        options.cancellation()),
                DataComparison.Keeper.NONE);
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

    /** Whether what differs is only what is being changed: copied again, each of it is found equal once. */
    private boolean settles(DataComparison comparison, Following following, long gaps) {
        SecondLook look = new SecondLook(options.maps(), source, target);
        List<byte[]> keys = comparison.differing();
        List<CopyTarget.Copy> extra = comparison.extra();
        long changing = keys.size() + (long) extra.size();
        for (int number = 1; number <= MOST_LOOKS; number++) {
            options.cancellation().check();
            options.lock().check();
            copy(keys);
            remove(extra);
            if (!following.catchUp() || following.gaps() != gaps) {
                return false;
            }
            List<CopyTarget.Place> places = new ArrayList<>(Partners.places(options.maps(), keys));
            extra.forEach(copy -> places.add(copy.place()));
            extra = look.extra(places);
            keys = look.differing(keys);
            if (keys.isEmpty() && extra.isEmpty()) {
                options.progress()
                        .line("  verify: " + changing
                                + " entries were just being changed; each was found equal, at look " + number
                                + " the last");
                return true;
            }
        }
        return false;
    }

    private void copy(List<byte[]> keys) {
        for (int from = 0; from < keys.size(); from += CHUNK) {
            CopyWorker.PageResult unused =
                    worker.copy(Partners.with(options.maps(), keys.subList(from, Math.min(keys.size(), from + CHUNK))));
        }
    }

    private void mend(DataComparison comparison, int pass) {
        options.progress()
                .line("  verify: pass " + pass + ": " + comparison.differing().size()
                        + " entries changed since they were copied, "
                        + comparison.extra().size() + " are gone; copying and removing them");
        // whoever lost the lock must not touch what its successor writes
        options.lock().check();
        CopyWorker.PageResult unused = worker.copy(comparison.differing());
        remove(comparison.extra());
    }

    private void remove(List<CopyTarget.Copy> extra) {
        Leftovers leftovers = new Leftovers(options.maps(), source, target);
        ReplacedEntries replaced = new ReplacedEntries(options.runId(), options.journal(), options.backup());
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
