package io.cachemigrator.cache.domain.response;

/**
 * Counts of one response cache in this process since it was made.
 *
 * @param questionHits responses found by question
 * @param patternHits responses found by pattern
 * @param misses look-ups that found none
 * @param unavailable look-ups that could not be answered
 * @param refused exchanges not kept because they are private, or too unlike a question that comes again
 */
public record ResponseStatistics(long questionHits, long patternHits, long misses, long unavailable, long refused) {

    /** Hits over all look-ups that could be answered, 0 to 1; 0 before the first. */
    public double hitRate() {
        long hits = questionHits + patternHits;
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
