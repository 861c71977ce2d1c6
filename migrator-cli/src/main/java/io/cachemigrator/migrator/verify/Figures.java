package io.cachemigrator.migrator.verify;

/**
 * What one path did in a measurement.
 *
 * @param operationsPerSecond reads and writes of one caller in a second, mean over all rounds
 * @param readMicros median time of a read in microseconds
 * @param readMicros99 99th percentile of the same
 * @param writeMicros median time of a write in microseconds
 * @param hitRate share of the reads that found an entry, 0 to 1
 * @param errors calls that failed
 * @param connections connections to the store while it worked, by what the store counts
 */
public record Figures(
        double operationsPerSecond,
        double readMicros,
        double readMicros99,
        double writeMicros,
        double hitRate,
        long errors,
        long connections) {}
