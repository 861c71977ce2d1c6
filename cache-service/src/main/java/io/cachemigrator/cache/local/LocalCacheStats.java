package io.cachemigrator.cache.local;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a cache counted. Immutable. A plain class and no record, so that sources of an older language level compile against it. */
public final class LocalCacheStats {
    private final long hitCount;
    private final long missCount;
    private final long loadSuccessCount;
    private final long loadExceptionCount;
    private final long totalLoadTime;
    private final long evictionCount;

    /**
     * Of counts.
     *
     * @param hitCount look-ups that found a value
     * @param missCount look-ups that found none
     * @param loadSuccessCount loads that gave a value
     * @param loadExceptionCount loads that threw or gave none
     * @param totalLoadTime time of all loads in nanoseconds
     * @param evictionCount entries that the cache removed by itself
     * @throws IllegalArgumentException where one is negative
     */
    public LocalCacheStats(
            long hitCount,
            long missCount,
            long loadSuccessCount,
            long loadExceptionCount,
            long totalLoadTime,
            long evictionCount) {
        if (hitCount < 0
                || missCount < 0
                || loadSuccessCount < 0
                || loadExceptionCount < 0
                || totalLoadTime < 0
                || evictionCount < 0) {
            throw new IllegalArgumentException("A count is negative. Give numbers from zero on.");
        }
        this.hitCount = hitCount;
        this.missCount = missCount;
        this.loadSuccessCount = loadSuccessCount;
        this.loadExceptionCount = loadExceptionCount;
        this.totalLoadTime = totalLoadTime;
        this.evictionCount = evictionCount;
    }

    /** Look-ups that found a value. */
    public long hitCount() {
        return hitCount;
    }

    /** Look-ups that found none. */
    public long missCount() {
        return missCount;
    }

    /** Loads that gave a value. */
    public long loadSuccessCount() {
        return loadSuccessCount;
    }

    /** Loads that threw or gave none. */
    public long loadExceptionCount() {
        return loadExceptionCount;
    }

    /** Time of all loads in nanoseconds. */
    public long totalLoadTime() {
        return totalLoadTime;
    }

    /** Entries that the cache removed by itself. */
    public long evictionCount() {
        return evictionCount;
    }

    /** Look-ups. */
    public long requestCount() {
        return saturated(hitCount, missCount);
    }

    /** Hits over look-ups; 1 before the first. */
    public double hitRate() {
        long requests = requestCount();
        return requests == 0 ? 1.0 : (double) hitCount / requests;
    }

    /** Misses over look-ups; 0 before the first. */
    public double missRate() {
        long requests = requestCount();
        return requests == 0 ? 0.0 : (double) missCount / requests;
    }

    /** Loads. */
    public long loadCount() {
        return saturated(loadSuccessCount, loadExceptionCount);
    }

    /** Failed loads over loads; 0 before the first. */
    public double loadExceptionRate() {
        long loads = loadCount();
        return loads == 0 ? 0.0 : (double) loadExceptionCount / loads;
    }

    /** Mean time of a load in nanoseconds; 0 before the first. */
    public double averageLoadPenalty() {
        long loads = loadCount();
        return loads == 0 ? 0.0 : (double) totalLoadTime / loads;
    }

    /** What was counted since an earlier look, at least zero each. */
    public LocalCacheStats minus(LocalCacheStats other) {
        return new LocalCacheStats(
                Math.max(0, hitCount - other.hitCount),
                Math.max(0, missCount - other.missCount),
                Math.max(0, loadSuccessCount - other.loadSuccessCount),
                Math.max(0, loadExceptionCount - other.loadExceptionCount),
                Math.max(0, totalLoadTime - other.totalLoadTime),
                Math.max(0, evictionCount - other.evictionCount));
    }

    /** Both together. */
    public LocalCacheStats plus(LocalCacheStats other) {
        return new LocalCacheStats(
                saturated(hitCount, other.hitCount),
                saturated(missCount, other.missCount),
                saturated(loadSuccessCount, other.loadSuccessCount),
                saturated(loadExceptionCount, other.loadExceptionCount),
                saturated(totalLoadTime, other.totalLoadTime),
                saturated(evictionCount, other.evictionCount));
    }

    private static long saturated(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private long[] counts() {
        return new long[] {hitCount, missCount, loadSuccessCount, loadExceptionCount, totalLoadTime, evictionCount};
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalCacheStats stats && Arrays.equals(counts(), stats.counts());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts());
    }

    @Override
    public String toString() {
        return "LocalCacheStats{hitCount=" + hitCount + ", missCount=" + missCount + ", loadSuccessCount="
                + loadSuccessCount + ", loadExceptionCount=" + loadExceptionCount + ", totalLoadTime=" + totalLoadTime
                + ", evictionCount=" + evictionCount + "}";
    }
}
