package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.journal.ControlRecord;
import io.cachemigrator.migrator.journal.RunControl;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast a copy may go: as it was started, as {@code migrator control} asks from another terminal, and slower of itself while
 * a store is strained; always with the reason. Used by the thread that hands out pages.
 */
final class CopyPace {
    private static final int LARGEST_PAGE = 500;
    private static final int SMALLEST_PAGE = 10;
    private static final int PAGES_A_SECOND = 4;
    private static final long POLL_NANOS = Duration.ofMillis(400).toNanos();
    private static final long STRAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final DataCopy.Options options;
    private final RunControl control;
    private final SourceLatency latency;
    private final CopyTarget target;
    private final Throttle throttle;
    private ControlRecord asked = ControlRecord.NONE;
    private String strain = "";
    private String said = "";
    private long pauseNanos;
    private long lastPoll = System.nanoTime() - POLL_NANOS;
    private long lastStrain = System.nanoTime();
    private long lastReport = System.nanoTime();
    private long reportedKeys = -1;
    private double keysPerSecond;

    CopyPace(DataCopy.Options options, SourceLatency latency, CopyTarget target) {
        this.options = options;
        this.control = options.journal().control();
        this.latency = latency;
        this.target = target;
        this.throttle = new Throttle(options.rate());
    }

    /** Looks what is asked and how the stores are, where that was not done a moment ago. */
    void look() {
        long now = System.nanoTime();
        if (now - lastPoll >= POLL_NANOS) {
            lastPoll = now;
            asked = control.asked(options.runId());
            Integer most = asked.rate();
            throttle.rate(most == null ? options.rate() : most);
        }
        if (now - lastStrain >= STRAIN_NANOS) {
            lastStrain = now;
            strain = latency.strain().isEmpty() ? target.strain() : latency.strain();
            pauseNanos =
                    strain.isEmpty() ? 0 : Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, pauseNanos * 2));
        }
        String reason = reason();
        if (!reason.equals(said)) {
            options.progress().line("  data: " + (reason.isEmpty() ? "goes on at full speed" : reason));
            said = reason;
        }
    }

    /** Why the copy is slower than it could be; empty when it is not. */
    private String reason() {
        if (asked.paused()) {
            return "paused by `migrator control --pause`; `migrator control --continue` lets it go on";
        }
        return strain.isEmpty() ? "" : "slowed down: " + strain;
    }

    /** How many workers there are to be. */
    int threads() {
        Integer threads = asked.threads();
        return threads == null ? options.threads() : threads;
    }

    /** How many keys to ask for at once: at a low rate fewer, so that it is kept evenly. */
    int pageSize() {
        Integer rate = asked.rate();
        int most = rate == null ? options.rate() : rate;
        return most == 0 ? LARGEST_PAGE : Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, most / PAGES_A_SECOND));
    }

    boolean mayGoOn() {
        return !asked.paused() && throttle.nanosLeft() == 0;
    }

    /** Notes that a page was handed out. */
    void handedOut(int keys) {
        throttle.took(keys, pauseNanos);
    }

    /** Waits for a moment, at most until more may be done. */
    void idle() {
        options.lock().check();
        long left = asked.paused() ? IDLE_NANOS : throttle.nanosLeft();
        LockSupport.parkNanos(Math.max(1, Math.min(left, IDLE_NANOS)));
    }

    /** Tells how far it is, once a second. */
    void report(long keys) {
        long now = System.nanoTime();
        if (reportedKeys < 0) {
            reportedKeys = keys;
        }
        if (now - lastReport < REPORT_NANOS) {
            return;
        }
        double current = (keys - reportedKeys) / ((now - lastReport) / 1e9);
        keysPerSecond = keysPerSecond == 0 ? current : (keysPerSecond + current) / 2;
        reportedKeys = keys;
        lastReport = now;
        long left = Math.max(0, options.expectedKeys() - keys);
        double seconds = keysPerSecond == 0 ? 0 : left / keysPerSecond;
        control.pace(options.runId(), keysPerSecond, seconds, reason());
        if (!asked.paused()) {
            options.progress()
                    .line(String.format(
                            Locale.ROOT,
                            "  data: %,d of about %,d keys, %,.0f keys/s, about %,.0f s left%s",
                            keys,
                            options.expectedKeys(),
                            keysPerSecond,
                            seconds,
                            reason().isEmpty() ? "" : "; " + reason()));
        }
    }
}
