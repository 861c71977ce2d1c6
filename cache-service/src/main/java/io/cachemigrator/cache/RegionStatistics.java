package io.cachemigrator.cache;

import java.time.Duration;
import java.util.Map;

/**
 * Counters of one region since the service was opened.
 *
 * @param region region's name
 * @param hits look-ups answered with a live entry
 * @param misses look-ups that found none
 * @param stale look-ups answered with a stale entry
 * @param unavailable operations that no tier could answer; not counted as misses
 * @param undecodable look-ups whose entry could not be read; neither hits nor misses
 * @param puts values stored
 * @param deletes entries removed on request
 * @param loads loader calls that returned
 * @param loadFailures loader calls that threw
 * @param loadTime the sum of the times that loader calls took, failed ones included
 * @param tiers counters by tier name
 */
public record RegionStatistics(
        String region,
        long hits,
        long misses,
        long stale,
        long unavailable,
        long undecodable,
        long puts,
        long deletes,
        long loads,
        long loadFailures,
        Duration loadTime,
        Map<String, TierStatistics> tiers) {

    /** Hits divided by hits and misses, 0 to 1; 0 when there were none. */
    public double hitRate() {
        long requests = hits + misses;
        return requests == 0 ? 0 : (double) hits / requests;
    }

    /**
     * Counters of one tier of a region.
     *
     * @param hits look-ups that this tier answered
     * @param misses look-ups that it passed on
     * @param errors operations that failed
     * @param evictions entries it dropped to stay within its limits
     * @param entries entries it holds now; -1 when only a scan could tell
     * @param bytes bytes it holds now; -1 when only a scan could tell
     * @param times how long its operations took, by kind; empty for memory, which is not timed
     */
    public record TierStatistics(
            long hits,
            long misses,
            long errors,
            long evictions,
            long entries,
            long bytes,
            Map<String, OperationTimes> times) {}
}
