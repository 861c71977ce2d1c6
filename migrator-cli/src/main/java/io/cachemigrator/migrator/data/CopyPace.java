package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.journal.Checkpoint;
import io.cachemigrator.migrator.journal.SliceJournal;
import java.time.Duration;
import java.util.Locale;

/**
 * How fast a copy may go: as it was started, as {@code migrator control} asks from another terminal, and slower of itself while
 * a store is strained; always with the reason. Used by the thread that hands out slices, so that it holds for the workers of every
 * process.
 */
final class CopyPace {
    private static final int LARGEST_SLICE = 2_000;
    private static final int USUAL_SLICE = 500;
    private static final int SMALLEST_SLICE = 10;
    /** Each slice is a transaction of the journal; so many of the usual size for each worker are worth larger ones. */
    private static final int MANY_SLICES = 50;

    private static final int SLICES_A_SECOND = 4;
    private static final int AHEAD_OF_EACH_WORKER = 2;
    private static final long STRAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final DataCopy.Options options;
    private final Steering steering;
    private final SliceJournal slices;
    private final SourceLatency latency;
    private final CopyTarget target;
    private final Throttle throttle;
    private final Rate rate = new Rate();
    private String strain = "";
    private String said = "";
    private int processes = 1;
    private long pauseNanos;
    private long lastStrain = System.nanoTime();

    CopyPace(DataCopy.Options options, SliceJournal slices, SourceLatency latency, CopyTarget target) {
        this.options = options;
        this.steering = new Steering(options);
        this.slices = slices;
        this.latency = latency;
        this.target = target;
        this.throttle = new Throttle(options.rate());
    }

    /** Looks what is asked, how the stores are and who else is at work, where that was not done a moment ago. */
    void look() {
        options.lock().check();
        steering.look();
        throttle.rate(steering.rate());
        long now = System.nanoTime();
        if (now - lastStrain >= STRAIN_NANOS) {
            lastStrain = now;
            strain = latency.strain().isEmpty() ? target.strain() : latency.strain();
            pauseNanos =
                    strain.isEmpty() ? 0 : Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, pauseNanos * 2));
            options.participants().bury();
            processes = 1 + options.participants().alive().size();
        }
        String reason = reason();
        if (!reason.equals(said)) {
            options.progress().line("  data: " + (reason.isEmpty() ? "goes on at full speed" : reason));
            said = reason;
        }
    }

    /** Why the copy is slower than it could be; empty when it is not. */
    private String reason() {
        return steering.paused() || strain.isEmpty() ? steering.reason() : "slowed down: " + strain;
    }

    /** How many workers there are to be in this process. */
    int threads() {
        return steering.threads();
    }

    /** How many slices may wait for a worker. */
    int ahead() {
        return strain.isEmpty() ? 2 + threads() * processes * AHEAD_OF_EACH_WORKER : 1;
    }

    /** How many keys a slice is to have: where there are many, more; at a low rate fewer, so that it is kept evenly. */
    int sliceSize() {
        long share = options.expectedKeys() / ((long) threads() * processes * MANY_SLICES);
        int most = (int) Math.max(USUAL_SLICE, Math.min(LARGEST_SLICE, share));
        return steering.rate() == 0
                ? most
                : Math.max(SMALLEST_SLICE, Math.min(USUAL_SLICE, steering.rate() / SLICES_A_SECOND));
    }

    boolean paused() {
        return steering.paused();
    }

    boolean mayGoOn() {
        return !paused() && throttle.nanosLeft() == 0;
    }

    /** Notes that a slice was handed out. */
    void handedOut(int keys) {
        throttle.took(keys, pauseNanos);
    }

    /** How long to wait at most before looking again. */
    long idleNanos() {
        return paused() ? IDLE_NANOS : Math.min(IDLE_NANOS, Math.max(1_000_000, throttle.nanosLeft()));
    }

    /** Tells how far it is, once a second, whoever has copied it. */
    void report() {
        if (!rate.isDue()) {
            return;
        }
        long keys = slices.checkpoints().stream()
                .map(Checkpoint::counts)
                .mapToLong(counts -> CopyCounts.ofJson(counts).scanned())
                .sum();
        if (!rate.update(keys)) {
            return;
        }
        long left = Math.max(0, options.expectedKeys() - keys);
        double seconds = rate.keysPerSecond() == 0 ? 0 : left / rate.keysPerSecond();
        options.journal().control().pace(options.runId(), rate.keysPerSecond(), seconds, reason());
        if (!paused()) {
            options.progress()
                    .line(String.format(
                            Locale.ROOT,
                            "  data: %,d of about %,d keys, %,.0f keys/s, about %,.0f s left%s%s",
                            keys,
                            options.expectedKeys(),
                            rate.keysPerSecond(),
                            seconds,
                            processes == 1 ? "" : ", " + processes + " processes",
                            reason().isEmpty() ? "" : "; " + reason()));
        }
    }
}
