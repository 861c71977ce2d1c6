package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.Transform;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.Checkpoint;
import io.cachemigrator.migrator.journal.QuarantineRecord;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.report.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Copies legacy entries to the target: one thread scans the keys, several read, write and read back, and the place that
 * all of them have come to is journaled. Started again after a crash it goes on from there.
 *
 * <p>There are two slices: first every entry that stands for itself, then those that depend on others (counters to add
 * up, keys to fold), whose partners are then in place.
 */
public final class DataCopy {
    private static final String ENTRIES = "entries";
    private static final String DEPENDENT = "dependent";
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private final Options options;
    private final CopyCounts counts = new CopyCounts();
    private long lastCheckpoint = System.nanoTime();

    /**
     * What a copy works on and with.
     *
     * @param stores where from and where to
     * @param maps which keys and what becomes of them
     * @param runId run that it belongs to
     * @param journal where checkpoints and quarantined entries go
     * @param backup where replaced entries go
     * @param lock held while copying
     * @param threads how many workers, 1 to 64
     * @param rate most keys a second; 0 = no limit
     * @param expectedKeys how many there should be, for progress
     * @param legacyCounts whether the legacy layout counts, so that what is older in the target may be replaced
     * @param cancellation asked between pages
     * @param progress told how far it is
     */
    record Options(
            Stores stores,
            MapSet maps,
            String runId,
            RunJournal journal,
            ContentStore backup,
            RunLock lock,
            int threads,
            int rate,
            long expectedKeys,
            boolean legacyCounts,
            Cancellation cancellation,
            Progress progress) {}

    DataCopy(Options options) {
        this.options = options;
    }

    /** Copies everything that is not copied yet and returns the counters of the whole run. */
    CopyCounts run() {
        SourceLatency latency = new SourceLatency(System.nanoTime());
        try (LegacyReader scanner = options.stores().openLegacy();
                CopyTarget watched = options.stores().openTarget();
                WorkerPool workers = new WorkerPool(options, latency)) {
            CopyPace pace = new CopyPace(options, latency, watched);
            slice(ENTRIES, scanner, workers, pace, space -> !isDependent(space));
            if (options.maps().maps().stream()
                    .flatMap(map -> map.keySpaces().stream())
                    .anyMatch(DataCopy::isDependent)) {
                slice(DEPENDENT, scanner, workers, pace, DataCopy::isDependent);
            }
            return counts;
        }
    }

    private static boolean isDependent(KeySpace space) {
        return space.transform() == Transform.FOLD_KEY || space.transform() == Transform.MERGE_COUNTER;
    }

    /** Whether entries of a key space are carried over at all. */
    static boolean isCopied(KeySpace space) {
        return space.strategy() == Strategy.COPY || space.strategy() == Strategy.TRANSFORM;
    }

    private void slice(
            String name, LegacyReader scanner, WorkerPool workers, CopyPace pace, Predicate<KeySpace> selection) {
        Optional<Checkpoint> before = options.journal().checkpoint(options.runId(), name);
        before.ifPresent(checkpoint -> counts.add(CopyCounts.ofJson(checkpoint.counts())));
        if (before.isPresent() && before.get().done()) {
            return;
        }
        // a cursor is only good for the server process that gave it
        boolean sameServer = before.isPresent() && before.get().server().equals(scanner.identity());
        CopyCounts own = sameServer ? CopyCounts.ofJson(before.get().counts()) : new CopyCounts();
        if (before.isPresent() && !sameServer) {
            forget(before.get());
        }
        Slice slice = new Slice(name, scanner, workers, pace, selection, own);
        copyPages(slice, sameServer ? before.get().position() : LegacyReader.START);
    }

    private void forget(Checkpoint checkpoint) {
        CopyCounts stale = CopyCounts.ofJson(checkpoint.counts());
        stale.bySpace().keySet().forEach(space -> counts.bySpace().remove(space));
    }

    /** A page on its way through a worker. */
    private record Pending(Future<CopyWorker.PageResult> result, String next) {}

    /** One slice while it is copied. */
    private record Slice(
            String name,
            LegacyReader scanner,
            WorkerPool workers,
            CopyPace pace,
            Predicate<KeySpace> selection,
            CopyCounts counts) {}

    private void copyPages(Slice slice, String from) {
        Deque<Pending> pending = new ArrayDeque<>();
        List<QuarantineRecord> quarantined = new ArrayList<>();
        String cursor = from;
        boolean more = true;
        while (more || !pending.isEmpty()) {
            slice.pace().look();
            slice.workers().resize(slice.pace().threads());
            while (more
                    && pending.size() < slice.workers().size() * 2
                    && slice.pace().mayGoOn()
                    && !options.cancellation().isRequested()) {
                cursor = handOut(slice, cursor, pending);
                more = !cursor.equals(LegacyReader.START);
            }
            Pending first = pending.poll();
            if (first != null) {
                CopyWorker.PageResult result = await(first.result());
                slice.counts().add(result.counts());
                counts.add(result.counts());
                quarantined.addAll(result.quarantined());
                checkpoint(slice, first.next(), !more, pending.isEmpty(), quarantined);
            } else if (!options.cancellation().isRequested()) {
                slice.pace().idle();
            }
            slice.pace().report(counts.scanned());
            if (options.cancellation().isRequested() && pending.isEmpty()) {
                options.cancellation().check();
            }
        }
    }

    private String handOut(Slice slice, String cursor, Deque<Pending> pending) {
        LegacyReader.Page page = slice.scanner()
                .scan(cursor, slice.pace().pageSize(), options.maps().onlyScanPattern());
        List<byte[]> keys = selected(page.keys(), slice.selection());
        slice.pace().handedOut(keys.size());
        pending.add(new Pending(slice.workers().copy(keys), page.next()));
        return page.next();
    }

    private List<byte[]> selected(List<byte[]> keys, Predicate<KeySpace> selection) {
        List<byte[]> result = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            KeySpace space = options.maps().keySpace(key);
            if (space != null && isCopied(space) && selection.test(space)) {
                result.add(key);
            }
        }
        return result;
    }

    private static CopyWorker.PageResult await(Future<CopyWorker.PageResult> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copying", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MigratorException failure) {
                throw failure;
            }
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        }
    }

    /** At least when nothing is under way, so that a copy that is slow or waits loses nothing. */
    private void checkpoint(
            Slice slice, String next, boolean allHandedOut, boolean quiet, List<QuarantineRecord> quarantined) {
        long now = System.nanoTime();
        if (!quiet
                && now - lastCheckpoint <= CHECKPOINT_INTERVAL.toNanos()
                && !options.cancellation().isRequested()) {
            return;
        }
        options.lock().check();
        options.journal()
                .checkpoint(
                        options.runId(),
                        new Checkpoint(
                                slice.name(),
                                next,
                                slice.scanner().identity(),
                                slice.counts().toJson(),
                                allHandedOut && quiet),
                        quarantined);
        quarantined.clear();
        lastCheckpoint = now;
    }
}
