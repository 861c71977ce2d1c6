package io.cachemigrator.map;

import java.time.Duration;

/**
 * How long a person needs for one finding.
 *
 * @param min the least; not negative
 * @param max the most; not less than the least
 */
public record Effort(Duration min, Duration max) {
    /** Checks the range. */
    public Effort {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    "An effort from " + min + " to " + max + " is no range. Give a minimum and a larger maximum.");
        }
    }
}
