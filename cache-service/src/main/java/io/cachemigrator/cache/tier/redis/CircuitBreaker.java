package io.cachemigrator.cache.tier.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls from a server that does not answer: after a number of failures in a row it rejects calls for a while, then
 * lets one through, and closes when that one succeeds. Thread safe.
 */
final class CircuitBreaker {
    /** What a breaker does with calls. */
    enum State {
        /** Lets them through. */
        CLOSED,
        /** Rejects them. */
        OPEN,
        /** Has let one through and waits for its outcome. */
        HALF_OPEN
    }

    private final LongSupplier ticker;
    private final int threshold;
    private final long openNanos;
    private State state = State.CLOSED;
    private int failures;
    private long openedAt;
    private long rejected;

    /**
     * Closed.
     *
     * @param ticker a monotonic source of nanoseconds
     * @param threshold failures in a row that open it
     * @param openFor how long it rejects calls
     */
    CircuitBreaker(LongSupplier ticker, int threshold, Duration openFor) {
        this.ticker = ticker;
        this.threshold = threshold;
        this.openNanos = openFor.toNanos();
    }

    /** Whether it would let a call through that finds out how the server fares. */
    synchronized boolean isTrialDue() {
        return state == State.OPEN && ticker.getAsLong() - openedAt >= openNanos;
    }

    /** Whether a call may be made; the caller then reports how it went. */
    synchronized boolean tryCall() {
        if (state == State.OPEN && ticker.getAsLong() - openedAt >= openNanos) {
            state = State.HALF_OPEN;
            return true;
        }
        if (state != State.CLOSED) {
            rejected++;
        }
        return state == State.CLOSED;
    }

    /** The server answered, if only with an error of its own. */
    synchronized void answered() {
        failures = 0;
        state = State.CLOSED;
    }

    /** The server did not answer, or cannot serve. */
    synchronized void failed() {
        failures++;
        if (state == State.HALF_OPEN || failures >= threshold) {
            state = State.OPEN;
            openedAt = ticker.getAsLong();
        }
    }

    /** The call was not made after all, which says nothing of the server. */
    synchronized void notCalled() {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
        }
    }

    synchronized State state() {
        return state;
    }

    /** Calls rejected so far. */
    synchronized long rejected() {
        return rejected;
    }
}
