package io.cachemigrator.cache.domain.ai;

import java.util.Map;

/**
 * Counts of one answer cache in this process since it was made. Immutable.
 *
 * @param operations counts by operation
 */
public record AiStatistics(Map<String, Operation> operations) {

    /** Copies. */
    public AiStatistics {
        operations = Map.copyOf(operations);
    }

    /**
     * Counts of one operation.
     *
     * @param hits answers found
     * @param misses look-ups that found none
     * @param stored answers stored
     */
    public record Operation(long hits, long misses, long stored) {
        /** Hits over look-ups, 0 to 1; 0 before the first. */
        public double hitRate() {
            return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
        }
    }
}
