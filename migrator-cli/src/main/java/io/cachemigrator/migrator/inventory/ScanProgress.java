package io.cachemigrator.migrator.inventory;

import io.cachemigrator.migrator.report.Progress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells how far a scan is, every so often and whatever the scan is doing. Thread safe. */
final class ScanProgress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Progress progress;
    private final ScheduledExecutorService ticker;
    private final AtomicInteger done = new AtomicInteger();
    private volatile String phase = "";
    private volatile int all;

    private ScanProgress(Progress progress, ScheduledExecutorService ticker) {
        this.progress = progress;
        this.ticker = ticker;
    }

    /** With a ticker of its own, until it is closed. */
    static ScanProgress start(Progress progress) {
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "inventory-progress");
            thread.setDaemon(true);
            return thread;
        });
        return start(progress, ticker);
    }

    /** With a ticker of somebody's, which is shut down when this is closed. */
    static ScanProgress start(Progress progress, ScheduledExecutorService ticker) {
        ScanProgress scan = new ScanProgress(progress, ticker);
        var unused = ticker.scheduleAtFixedRate(scan::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return scan;
    }

    /** A new phase begins; it has so many steps, or 0 when that is not known. */
    void phase(String name, int steps) {
        done.set(0);
        all = steps;
        phase = name;
    }

    /** One step is done. */
    void step() {
        done.incrementAndGet();
    }

    private void tick() {
        String name = phase;
        if (!name.isEmpty()) {
            progress.line("  " + name + (all > 0 ? ": " + Math.min(done.get(), all) + " of " + all : " ..."));
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
