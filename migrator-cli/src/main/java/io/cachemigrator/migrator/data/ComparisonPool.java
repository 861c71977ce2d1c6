package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Comparing workers, each with a thread and connections of its own. */
final class ComparisonPool implements AutoCloseable {
    private final LinkedBlockingQueue<BatchComparison> idle = new LinkedBlockingQueue<>();
    private final ExecutorService executor;
    private final int size;

    ComparisonPool(BatchComparison.Options options, Stores stores, int size) {
        this.size = size;
        this.executor = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "compare");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int i = 0; i < size; i++) {
                idle.add(BatchComparison.open(options, stores));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** How much may be under way so that no worker waits. */
    int most() {
        return size * 2;
    }

    /** Has a worker do something. */
    <T> Future<T> submit(Function<BatchComparison, T> work) {
        return executor.submit(() -> {
            // as many as there are threads, so that one is there at once
            BatchComparison worker = idle.take();
            try {
                return work.apply(worker);
            } finally {
                idle.add(worker);
            }
        });
    }

    /** What it did. */
    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MigratorException failure) {
                throw failure;
            }
            throw new IllegalStateException("a worker failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        for (BatchComparison worker = idle.poll(); worker != null; worker = idle.poll()) {
            worker.close();
        }
    }
}
