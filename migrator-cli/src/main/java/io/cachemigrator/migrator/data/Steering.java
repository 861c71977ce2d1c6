package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.journal.ControlRecord;
import java.time.Duration;

/** What {@code migrator control} asks of a copy, looked up now and then. Used by one thread. */
final class Steering {
    private static final long POLL_NANOS = Duration.ofMillis(400).toNanos();

    private final DataCopy.Options options;
    private ControlRecord asked = ControlRecord.NONE;
    private long lastPoll = System.nanoTime() - POLL_NANOS;

    Steering(DataCopy.Options options) {
        this.options = options;
    }

    /** Looks what is asked, where that was not done a moment ago. */
    void look() {
        long now = System.nanoTime();
        if (now - lastPoll >= POLL_NANOS) {
            lastPoll = now;
            asked = options.journal().control().asked(options.runId());
        }
    }

    boolean paused() {
        return asked.paused();
    }

    /** Most keys a second; 0 = no limit. */
    int rate() {
        Integer most = asked.rate();
        return most == null ? options.rate() : most;
    }

    /** How many workers each process is to have. */
    int threads() {
        Integer threads = asked.threads();
        return threads == null ? options.threads() : threads;
    }

    /** What to say of a pause; empty where there is none. */
    String reason() {
        return paused() ? "paused by `migrator control --pause`; `migrator control --continue` lets it go on" : "";
    }
}
