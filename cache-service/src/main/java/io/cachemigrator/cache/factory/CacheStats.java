package io.cachemigrator.cache.factory;

/**
 * How a cache fares, and what was asked of it since it was made. Immutable.
 *
 * @param backend what holds the entries: {@code memory}, {@code disk} or {@code redis}
 * @param status {@code connected}, {@code unavailable} while a store does not answer, or {@code disconnected} where there is none
 * @param hits look-ups that found a live entry
 * @param misses look-ups that found none
 * @param sets values stored
 * @param failures operations that no store answered
 * @param evictions entries dropped from memory to stay within its limit
 * @param memoryEntries entries in memory; -1 when not known
 * @param memoryLimit how many there may be; 0 = nothing is kept in memory
 * @param memoryBytes bytes in memory; -1 when not known
 */
public record CacheStats(
        String backend,
        String status,
        long hits,
        long misses,
        long sets,
        long failures,
        long evictions,
        long memoryEntries,
        long memoryLimit,
        long memoryBytes) {

    /** Hits over look-ups, 0 to 100; 0 before the first. Nothing else counts. */
    public double hitRatioPercent() {
        long lookups = hits + misses;
        return lookups == 0 ? 0 : 100.0 * hits / lookups;
    }

    /** Entries in memory over their limit, 0 to 100; 0 where nothing is kept there. */
    public double memoryUsePercent() {
        return memoryLimit <= 0 || memoryEntries < 0 ? 0 : 100.0 * memoryEntries / memoryLimit;
    }
}
