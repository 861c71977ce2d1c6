package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.Slice;
import io.cachemigrator.migrator.journal.SliceJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that claim slices from the journal, copy them, and take them out again, each one slice at a time. There may be more or
 * fewer of them as time goes by. Steered by one thread.
 */
final class SliceWorkers implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DataCopy.Options options;
    private final SourceLatency latency;
    private final SliceJournal slices;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicLong copied = new AtomicLong();
    private final Semaphore work = new Semaphore(0);
    private final Semaphore progress = new Semaphore(0);
    private volatile int wanted;
    private volatile @Nullable String part;

    SliceWorkers(DataCopy.Options options, SourceLatency latency, SliceJournal slices) {
        this.options = options;
        this.latency = latency;
        this.slices = slices;
    }

    /** Lets them work on a part from now on; null = let them finish what they have, and wait. */
    void workOn(@Nullable String name) {
        if (!Objects.equals(part, name)) {
            part = name;
            wake();
        }
    }

    /** Tells those that wait that there is something to do. */
    void wake() {
        work.drainPermits();
        work.release(Math.max(1, wanted));
    }

    /** Waits until one of them has finished something, or for a moment. */
    void awaitProgress(long nanos) {
        await(progress, nanos);
        progress.drainPermits();
    }

    private static void await(Semaphore signal, long nanos) {
        try {
            boolean unused = signal.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copying", e);
        }
    }

    /** Opens workers until there are so many; those that are too many end once they have finished what they have. */
    void resize(int number) {
        wanted = number;
        threads.removeIf(thread -> !thread.isAlive());
        while (threads.size() < number) {
            CopyWorker worker = CopyWorker.open(options, latency);
            int place = threads.size();
            Thread thread = new Thread(() -> run(worker, place), "copy");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Keys of the slices that were taken from them. */
    long copied() {
        return copied.get();
    }

    /** Fails when one of them has failed. */
    void check() {
        RuntimeException failed = failure.get();
        if (failed instanceof MigratorException known) {
            throw known;
        }
        if (failed != null) {
            throw new IllegalStateException("a worker failed: " + failed, failed);
        }
    }

    private void run(CopyWorker worker, int place) {
        try (worker) {
            Slice held = null;
            while (held != null || place < wanted) {
                if (held == null) {
                    String name = failure.get() == null ? part : null;
                    held = name == null ? null : slices.claim(name);
                }
                if (held == null) {
                    await(work, POLL_NANOS);
                } else {
                    held = copy(worker, held, place);
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            progress.release();
        }
    }

    private @Nullable Slice copy(CopyWorker worker, Slice slice, int place) {
        CopyWorker.PageResult result = worker.copy(slice.keys());
        boolean goOn = place < wanted && slice.part().equals(part) && failure.get() == null;
        boolean counts = DataCopy.isCounted(slice.part());
        SliceJournal.Finished finished = slices.finish(
                slice,
                stored -> counts ? CopyCounts.sum(stored, result.counts()) : stored,
                counts ? result.quarantined() : List.of(),
                goOn);
        if (finished.taken()) {
            copied.addAndGet(slice.keys().size());
        }
        progress.release();
        return finished.next();
    }

    /** Waits until each has finished what it has. */
    void finish() {
        wanted = 0;
        workOn(null);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while copying", e);
            }
        }
        threads.clear();
        check();
    }

    /** Lets them end. Who has failed does not wait for those that may hang at the same store. */
    @Override
    public void close() {
        wanted = 0;
        workOn(null);
    }
}
