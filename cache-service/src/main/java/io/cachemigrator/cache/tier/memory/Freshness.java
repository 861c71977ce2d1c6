package io.cachemigrator.cache.tier.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Epochs in which what was once found out about an entry need not be found out again. An epoch ends with every invalidation,
 * and after a quarter of a second. Reading the system's clock takes longer than a look-up in memory, so a thread reads it for
 * all: it runs while there are many hits, and ends when there are no more. Thread safe.
 */
final class Freshness implements AutoCloseable {
    /** Longer than any epoch lasts by itself, the delay of a busy machine included. */
    static final Duration LONGEST = Duration.ofMillis(500);

    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final int PERIODS_WITHOUT_HITS = 8;
    private static final int LOOKS_TO_START = 256;

    /** Whether time passes by itself; beside a clock that is moved by hand there are no epochs. */
    private final boolean runs;

    private final AtomicLong epoch = new AtomicLong(1);
    private volatile @Nullable Thread keeper;
    private volatile boolean closed;

    /** Whether somebody was here since the keeper last looked; a lost race costs nothing. */
    private volatile boolean used;

    private int looks;

    Freshness(boolean runs) {
        this.runs = runs;
    }

    boolean clockRuns() {
        return runs;
    }

    /** The present epoch; one or more. */
    long epoch() {
        return epoch.get();
    }

    /** Begins another epoch. */
    void end() {
        epoch.incrementAndGet();
    }

    /** Whether the present epoch will end in time. */
    boolean isKept() {
        if (keeper == null) {
            if (runs && !closed && ++looks >= LOOKS_TO_START) {
                start();
            }
            return false;
        }
        if (!used) {
            used = true;
        }
        return true;
    }

    private synchronized void start() {
        looks = 0;
        if (keeper == null && !closed) {
            Thread thread = new Thread(this::keep, "cache-service-epochs");
            thread.setDaemon(true);
            thread.start();
            keeper = thread;
        }
    }

    private void keep() {
        int unused = 0;
        while (!closed && unused < PERIODS_WITHOUT_HITS) {
            LockSupport.parkNanos(this, PERIOD.toNanos());
            end();
            unused = used ? 0 : unused + 1;
            used = false;
        }
        synchronized (this) {
            keeper = null;
            end();
        }
    }

    @Override
    public void close() {
        closed = true;
        end();
        LockSupport.unpark(keeper);
    }
}
