package io.cachemigrator.cache.domain.keyed;

/**
 * Counters of a {@link KeyedCache} since it was opened. Only look-ups of single keys count as hits and misses.
 *
 * @param hits look-ups answered with a live entry, a stored null included
 * @param misses look-ups that found none
 * @param errors operations that failed: unavailable, refused by the codec, or undecodable
 * @param decodeErrors values found that could not be read, in bulk reads too; part of {@code errors}
 * @param unavailable operations that no store could answer; part of {@code errors}
 */
public record KeyedStatistics(long hits, long misses, long errors, long decodeErrors, long unavailable) {

    /** Hits and misses. */
    public long totalRequests() {
        return hits + misses;
    }

    /** Hits divided by requests, 0 to 1; 0 when there were none. */
    public double hitRate() {
        return totalRequests() == 0 ? 0 : (double) hits / totalRequests();
    }
}
