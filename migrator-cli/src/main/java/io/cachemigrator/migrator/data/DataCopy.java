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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final int SCAN_COUNT = 500;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final Options options;
    private final CopyCounts counts = new CopyCounts();
    private long lastCheckpoint = System.nanoTime();
    private long lastProgress = System.nanoTime();
    private final long started = System.nanoTime();

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
            Cancellation cancellation,
            Progress progress) {}

    DataCopy(Options options) {
        this.options = options;
    }

    /** Copies everything that is not copied yet and returns the counters of the whole run. */
    CopyCounts run() {
        ExecutorService executor = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread thread = new Thread(task, "copy");
            thread.setDaemon(true);
            return thread;
        });
        List<CopyWorker> workers = new ArrayList<>();
        try (LegacyReader scanner = options.stores().openLegacy()) {
            for (int i = 0; i < options.threads(); i++) {
                workers.add(CopyWorker.open(options));
            }
            slice(ENTRIES, scanner, executor, workers, space -> !isDependent(space));
            if (options.maps().maps().stream()
                    .flatMap(map -> map.keySpaces().stream())
                    .anyMatch(DataCopy::isDependent)) {
                slice(DEPENDENT, scanner, executor, workers, DataCopy::isDependent);
            }
            return counts;
        } finally {
            executor.shutdownNow();
            workers.forEach(CopyWorker::close);
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
            String name,
            LegacyReader scanner,
            ExecutorService executor,
            List<CopyWorker> workers,
            Predicate<KeySpace> selection) {
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
        Slice slice = new Slice(name, scanner, executor, workers, selection, own);
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
            ExecutorService executor,
            List<CopyWorker> workers,
            Predicate<KeySpace> selection,
            CopyCounts counts) {}

    private void copyPages(Slice slice, String from) {
        BlockingQueue<CopyWorker> idle =
                new ArrayBlockingQueue<>(slice.workers().size(), false, slice.workers());
        Throttle throttle = new Throttle(options.rate());
        Deque<Pending> pending = new ArrayDeque<>();
        List<QuarantineRecord> quarantined = new ArrayList<>();
        String pattern = options.maps().onlyScanPattern();
        String cursor = from;
        boolean more = true;
        while (more || !pending.isEmpty()) {
            while (more
                    && pending.size() < slice.workers().size() * 2
                    && !options.cancellation().isRequested()) {
                LegacyReader.Page page = slice.scanner().scan(cursor, SCAN_COUNT, pattern);
                List<byte[]> keys = selected(page.keys(), slice.selection());
                throttle.await(keys.size());
                pending.add(new Pending(slice.executor().submit(() -> work(idle, keys)), page.next()));
                cursor = page.next();
                more = !cursor.equals(LegacyReader.START);
            }
            Pending first = pending.poll();
            if (first != null) {
                CopyWorker.PageResult result = await(first.result());
                slice.counts().add(result.counts());
                counts.add(result.counts());
                quarantined.addAll(result.quarantined());
                boolean last = !more && pending.isEmpty();
                checkpoint(slice, first.next(), last, quarantined);
                reportProgress();
            }
            if (options.cancellation().isRequested() && pending.isEmpty()) {
                options.cancellation().check();
            }
        }
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

    private static CopyWorker.PageResult work(BlockingQueue<CopyWorker> idle, List<byte[]> keys)
            throws InterruptedException {
        CopyWorker worker = idle.take();
        try {
            return worker.copy(keys);
        } finally {
            idle.put(worker);
        }
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

    private void checkpoint(Slice slice, String next, boolean last, List<QuarantineRecord> quarantined) {
        long now = System.nanoTime();
        boolean due = now - lastCheckpoint > CHECKPOINT_INTERVAL.toNanos();
        if (!last && !due && !options.cancellation().isRequested()) {
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
                                last),
                        quarantined);
        quarantined.clear();
        lastCheckpoint = now;
    }

    private void reportProgress() {
        long now = System.nanoTime();
        if (now - lastProgress < PROGRESS_INTERVAL.toNanos()) {
            return;
        }
        lastProgress = now;
        double seconds = (now - started) / 1e9;
        double rate = counts.scanned() / Math.max(seconds, 0.001);
        long left = Math.max(0, options.expectedKeys() - counts.scanned());
        options.progress()
                .line(String.format(
                        "  data: %,d of about %,d keys, %,.0f keys/s, about %,.0f s left",
                        counts.scanned(), options.expectedKeys(), rate, left / Math.max(rate, 1)));
    }
}
