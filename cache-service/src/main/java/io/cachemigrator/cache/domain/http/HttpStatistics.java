package io.cachemigrator.cache.domain.http;

/**
 * Counts of one response cache in this process since it was made.
 *
 * @param hits fresh responses found
 * @param staleHits stale responses found
 * @param misses look-ups that found none
 * @param unavailable look-ups that could not be answered
 * @param stored responses stored
 * @param tooLarge responses not kept because of their size
 * @param refreshes refreshes started
 * @param failedRefreshes refreshes that gave no response
 */
public record HttpStatistics(
        long hits,
        long staleHits,
        long misses,
        long unavailable,
        long stored,
        long tooLarge,
        long refreshes,
        long failedRefreshes) {

    /** Fresh and stale hits over all look-ups that could be answered, 0 to 1; 0 before the first. */
    public double hitRate() {
        long found = hits + staleHits;
        return found + misses == 0 ? 0 : (double) found / (found + misses);
    }
}
