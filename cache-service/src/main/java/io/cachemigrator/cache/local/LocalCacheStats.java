package io.cachemigrator.cache.local;

/**
 * What a cache counted. Immutable.
 *
 * @param hitCount look-ups that found a value
 * @param missCount look-ups that found none
 * @param loadSuccessCount loads that gave a value
 * @param loadExceptionCount loads that threw or gave none
 * @param totalLoadTime time of all loads in nanoseconds
 * @param evictionCount entries that the cache removed by itself
 */
public record LocalCacheStats(
        long hitCount,
        long missCount,
        long loadSuccessCount,
        long loadExceptionCount,
        long totalLoadTime,
        long evictionCount) {

    /** Checks that none is negative. */
    public LocalCacheStats {
        if (hitCount < 0
                || missCount < 0
                || loadSuccessCount < 0
                || loadExceptionCount < 0
                || totalLoadTime < 0
                || evictionCount < 0) {
            throw new IllegalArgumentException("A count is negative. Give numbers from zero on.");
        }
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
}
