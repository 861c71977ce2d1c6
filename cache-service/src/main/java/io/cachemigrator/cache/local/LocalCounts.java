package io.cachemigrator.cache.local;

import java.util.concurrent.atomic.LongAdder;

/** Counts, or does nothing. Thread safe. */
final class LocalCounts {
    private final boolean counting;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    LocalCounts(boolean counting) {
        this.counting = counting;
    }

    void hit(int count) {
        add(hits, count);
    }

    void miss(int count) {
        add(misses, count);
    }

    void loaded(long took) {
        add(loads, 1);
        add(nanos, took);
    }

    void failed(long took) {
        add(failures, 1);
        add(nanos, took);
    }

    void evicted() {
        add(evictions, 1);
    }

    private void add(LongAdder counter, long count) {
        if (counting) {
            counter.add(count);
        }
    }

    LocalCacheStats snapshot() {
        return new LocalCacheStats(
                Math.max(0, hits.sum()),
                Math.max(0, misses.sum()),
                loads.sum(),
                failures.sum(),
                nanos.sum(),
                evictions.sum());
    }
}
