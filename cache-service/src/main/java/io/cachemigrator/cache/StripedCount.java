package io.cachemigrator.cache;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * An exact count that many threads raise very often. The first thread that comes to a stripe owns it and raises it alone,
 * which takes no atomic step; threads whose stripe is another's share an adder. Thread safe.
 */
final class StripedCount {
    private static final int STRIPES = 64;

    /** A stripe takes two cache lines, so that neighbours do not slow each other down. */
    private static final int STRIDE = 16;

    /** At each stride the owner's thread id, zero = free, and its count. */
    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES * STRIDE);

    private final LongAdder others = new LongAdder();

    /** Raises it by one; returns a number that differs from one call to the next. */
    long increment() {
        long thread = Thread.currentThread().getId();
        int stripe = ((int) thread & (STRIPES - 1)) * STRIDE;
        if (stripes.getPlain(stripe) == thread) {
            long count = stripes.getPlain(stripe + 1) + 1;
            stripes.setRelease(stripe + 1, count);
            return count;
        }
        return claim(stripe, thread);
    }

    private long claim(int stripe, long thread) {
        if (stripes.compareAndSet(stripe, 0, thread)) {
            stripes.setRelease(stripe + 1, 1);
            return 1;
        }
        others.increment();
        return ThreadLocalRandom.current().nextLong();
    }

    /** Everything counted so far. */
    long sum() {
        long sum = others.sum();
        for (int i = 1; i < STRIPES * STRIDE; i += STRIDE) {
            sum += stripes.getAcquire(i);
        }
        return sum;
    }
}
