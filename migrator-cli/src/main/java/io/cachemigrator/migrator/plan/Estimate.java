package io.cachemigrator.migrator.plan;

/**
 * How much there is to copy and how long it should take.
 *
 * @param keys keys to copy
 * @param bytes their estimated size
 * @param seconds time the copy should take
 * @param basis what the estimate rests on, in words
 */
public record Estimate(long keys, long bytes, double seconds, String basis) {}
