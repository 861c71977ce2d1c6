package io.cachemigrator.migrator.journal;

/**
 * How fast a copy is.
 *
 * @param keysPerSecond keys in the last second or so
 * @param secondsLeft seconds that it still needs at that rate; 0 when unknown
 * @param reason why it is slower than it could be; empty when nothing slows it down
 * @param updatedAt when that was noted, in milliseconds since the epoch by the database's clock
 */
public record PaceRecord(double keysPerSecond, double secondsLeft, String reason, long updatedAt) {}
