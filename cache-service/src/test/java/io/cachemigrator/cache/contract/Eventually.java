package io.cachemigrator.cache.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens in its own time. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    /** Returns when a condition holds; fails when it does not within a time that is far too long. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        await(what, PATIENCE.toNanos(), condition);
    }

    /** As {@link #await(String, Callable)}, with a patience of one's own. */
    public static void await(String what, long patienceNanos, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + patienceNanos;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
