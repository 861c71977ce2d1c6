package io.cachemigrator.cache.tier.timed;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts times in buckets whose width is an eighth of their start, from a microsecond to an hour: what is read from it is at
 * most an eighth too large. Takes no more room for more times. Thread safe.
 */
public final class TimeHistogram {
    private static final int SUB_BITS = 3;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = 42 * SUB;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder total = new LongAdder();
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);

    /** Counts a time in nanoseconds. */
    public void record(long nanos) {
        long time = Math.max(0, nanos);
        buckets.incrementAndGet(bucket(time));
        total.add(time);
        max.accumulate(time);
    }

    private static int bucket(long nanos) {
        if (nanos < SUB) {
            return (int) nanos;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB - 1);
        return Math.min(BUCKETS - 1, (exponent - SUB_BITS + 1) * SUB + sub);
    }

    /** The largest time that a bucket counts. */
    private static long upper(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int exponent = bucket / SUB + SUB_BITS - 1;
        long width = 1L << (exponent - SUB_BITS);
        return (1L << exponent) + (bucket % SUB + 1) * width - 1;
    }

    /** How many times were counted. */
    public long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** The sum of all times, in nanoseconds. */
    public long total() {
        return total.sum();
    }

    /** The longest time, in nanoseconds; 0 when there is none. */
    public long max() {
        return max.get();
    }

    /**
     * A time that a share of all times does not exceed, in nanoseconds; 0 when there is none.
     *
     * @param share 0 to 1
     */
    public long quantile(double share) {
        long count = count();
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long below = 0;
        for (int i = 0; i < BUCKETS && count > 0; i++) {
            below += buckets.get(i);
            if (below >= rank) {
                return Math.min(upper(i), max());
            }
        }
        return 0;
    }
}
