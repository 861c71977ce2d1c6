package io.cachemigrator.compat.services;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops asking a store that failed several times in a row; after a while one call tries again, and closes the breaker if
 * it succeeds. Thread safe.
 */
final class CircuitBreaker {
    private final int threshold;
    private final long openNanos;
    private final LongSupplier nanoTime;

    private int failures;
    private boolean open;
    private boolean trialRunning;
    private long openedAt;

    CircuitBreaker(int threshold, Duration openPeriod, LongSupplier nanoTime) {
        this.threshold = threshold;
        this.openNanos = openPeriod.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether a call may be made now; if so, its outcome must be reported. */
    synchronized boolean admits() {
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
    synchronized void succeeded() {
        failures = 0;
        open = false;
        trialRunning = false;
    }

    /** The store did not answer. */
    synchronized void failed() {
        failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
        if (failures >= threshold) {
            open = true;
            openedAt = nanoTime.getAsLong();
        }
        trialRunning = false;
    }

    /** The call says nothing of the store; a trial is left to the next one. */
    synchronized void inconclusive() {
        trialRunning = false;
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized int failures() {
        return failures;
    }
}
