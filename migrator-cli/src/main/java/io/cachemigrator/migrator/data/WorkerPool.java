package io.cachemigrator.migrator.data;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Workers with a thread for each, of which there may be more or fewer as time goes by. Used by one thread. */
final class WorkerPool implements AutoCloseable {
    private final DataCopy.Options options;
    private final SourceLatency latency;
    private final LinkedBlockingQueue<CopyWorker> idle = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "copy");
        thread.setDaemon(true);
        return thread;
    });
    private int size;

    WorkerPool(DataCopy.Options options, SourceLatency latency) {
        this.options = options;
        this.latency = latency;
    }

    int size() {
        return size;
    }

    /** Opens or closes workers until there are so many; waits for those that are at work. */
    void resize(int wanted) {
        while (size < wanted) {
            idle.add(CopyWorker.open(options, latency));
            size++;
        }
        while (size > wanted) {
            take().close();
            size--;
        }
    }

    private CopyWorker take() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copying", e);
        }
    }

    /** Has a page copied by the next worker that is free. */
    Future<CopyWorker.PageResult> copy(List<byte[]> keys) {
        return executor.submit(() -> {
            CopyWorker worker = take();
            try {
                return worker.copy(keys);
            } finally {
                idle.add(worker);
            }
        });
    }

    @Override
    public void close() {
        executor.shutdownNow();
        for (CopyWorker worker = idle.poll(); worker != null; worker = idle.poll()) {
            worker.close();
        }
    }
}
