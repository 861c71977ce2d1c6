package io.cachemigrator.cache.tier;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a tier fares.
 *
 * @param status how it fares
 * @param reason why it is not up, in a line; null when it is
 * @param latency time of one probe; null when it did not answer
 * @param details facts by name
 */
public record TierReport(
        Status status, @Nullable String reason, @Nullable Duration latency, Map<String, String> details) {

    /** How a tier fares. */
    public enum Status {
        /** Answers. */
        UP,
        /** Answers, and is not yet trusted again. */
        DEGRADED,
        /** Does not answer. */
        DOWN
    }
}
