package io.cachemigrator.compat.store;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops asking a store that failed several times in a row; after a while one call tries again, and closes the breaker if
 * it succeeds. Thread safe.
 */
public final class CircuitBreaker {
    private final int threshold;
    private final long openNanos;
    private final LongSupplier nanoTime;

    private int failures;
    private boolean open;
    private boolean trialRunning;
    private long openedAt;

    /**
     * A closed one.
     *
     * @param threshold failures in a row that open it; 1 or more
     * @param openPeriod how long it stays open before a call tries again; positive
     * @param nanoTime a time in nanoseconds that never goes back, from any origin
     */
    public CircuitBreaker(int threshold, Duration openPeriod, LongSupplier nanoTime) {
        this.threshold = threshold;
        this.openNanos = openPeriod.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * A closed one that goes by a clock. The system's may be set back, so its own monotonic time is taken instead; another clock
     * is a test's.
     */
    public static CircuitBreaker of(int threshold, Duration openPeriod, Clock clock) {
        return new CircuitBreaker(
                threshold,
                openPeriod,
                clock.equals(Clock.systemUTC()) ? System::nanoTime : () -> clock.millis() * 1_000_000L);
    }

    /** Whether a call may be made now; if so, its outcome must be reported. */
    public synchronized boolean admits() {
        if (!open) {
            return true;
        }
        if (trialRunning || nanoTime.getAsLong() - openedAt < openNanos) {
            return false;
        }
        trialRunning = true;
        return true;
    }

    /** The store answered. */
    public synchronized void succeeded() {
        failures = 0;
        open = false;
        trialRunning = false;
    }

    /** The store did not answer. */
    public synchronized void failed() {
        failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        if (failures >= threshold) {
            open = true;
            openedAt = nanoTime.getAsLong();
        }
        trialRunning = false;
    }

    /** The call says nothing of the store; a trial is left to the next one. */
    public synchronized void inconclusive() {
        trialRunning = false;
    }

    /** Whether calls are turned away. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Failures in a row. */
    public synchronized int failures() {
        return failures;
    }
}
