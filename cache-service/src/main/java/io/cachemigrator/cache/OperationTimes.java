package io.cachemigrator.cache;

import java.time.Duration;

/**
 * How long operations of one kind have taken in a tier. Immutable.
 *
 * @param count how many there were
 * @param total the sum of their times
 * @param median a time that half of them did not exceed, at most an eighth too large
 * @param p99 a time that 99 of 100 did not exceed, at most an eighth too large
 * @param max the longest
 */
public record OperationTimes(long count, Duration total, Duration median, Duration p99, Duration max) {

    /** Mean time; zero when there were none. */
    public Duration mean() {
        return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }
}
