package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.journal.Checkpoint;
import io.cachemigrator.migrator.journal.SliceJournal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The share of a process that has joined a run: its workers claim slices that another process hands out, until the run has ended or
 * nobody leads it any more. Used by one thread.
 */
final class JoinedCopy {
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
    private static final long BURY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private final DataCopy.Options options;
    private final Steering steering;
    private final Rate rate = new Rate();
    private @Nullable String part;
    private boolean begun;
    private long lastLook = System.nanoTime() - LOOK_NANOS;
    private long lastBurial = System.nanoTime() - BURY_NANOS;

    JoinedCopy(DataCopy.Options options) {
        this.options = options;
        this.steering = new Steering(options);
    }

    /** Copies until the run is no longer led; returns what it is then. */
    DataMover.Leadership run(Supplier<DataMover.Leadership> leadership) {
        SourceLatency latency = new SourceLatency(System.nanoTime());
        try (SliceJournal slices = options.journal().slices(options.runId(), options.lock());
                SliceWorkers workers = new SliceWorkers(options, latency, slices)) {
            while (true) {
                options.lock().check();
                workers.check();
                steering.look();
                if (options.cancellation().isRequested()) {
                    workers.finish();
                    options.cancellation().check();
                }
                long now = System.nanoTime();
                if (now - lastLook >= LOOK_NANOS) {
                    lastLook = now;
                    DataMover.Leadership current = leadership.get();
                    if (current != DataMover.Leadership.LED) {
                        workers.finish();
                        return current;
                    }
                    lookAround(slices, now);
                }
                workers.workOn(steering.paused() ? null : part);
                workers.resize(part == null && !begun ? 0 : steering.threads());
                workers.awaitProgress(IDLE_NANOS);
                report(workers);
            }
        }
    }

    private void lookAround(SliceJournal slices, long now) {
        part = slices.checkpoints().stream()
                .filter(one -> !one.done())
                .map(Checkpoint::part)
                .findFirst()
                .orElse(null);
        begun |= part != null;
        if (now - lastBurial >= BURY_NANOS) {
            lastBurial = now;
            options.participants().bury();
        }
    }

    private void report(SliceWorkers workers) {
        if (!begun || !rate.isDue() || !rate.update(workers.copied())) {
            return;
        }
        options.journal()
                .control()
                .worker(options.runId(), options.lock().owner(), rate.keysPerSecond(), steering.reason());
        if (part != null) {
            options.progress()
                    .line(String.format(
                            Locale.ROOT,
                            "  data: %,d keys copied here, %,.0f keys/s%s",
                            workers.copied(),
                            rate.keysPerSecond(),
                            steering.reason().isEmpty() ? "" : "; " + steering.reason()));
        }
    }
}
