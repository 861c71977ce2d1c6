package io.cachemigrator.cache.tier.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls from a server that does not answer: after a number of failures in a row it rejects calls for a while, then
 * lets one through, and closes when that one succeeds. Thread safe.
 */
final class CircuitBreaker {
    static final int THRESHOLD = 5;
    static final Duration OPEN_FOR = Duration.ofSeconds(30);

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
    private State state = State.CLOSED;
    private int failures;
    private long openedAt;
    private long rejected;

    /** With a monotonic source of nanoseconds. */
    CircuitBreaker(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Whether a call may be made; the caller then reports how it went. */
    synchronized boolean tryCall() {
        if (state == State.OPEN && ticker.getAsLong() - openedAt >= OPEN_FOR.toNanos()) {
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
        if (state == State.HALF_OPEN || failures >= THRESHOLD) {
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
