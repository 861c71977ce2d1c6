package io.cachemigrator.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the service fares.
 *
 * @param status the worst of its tiers
 * @param tiers health by tier name
 */
public record CacheHealth(Status status, Map<String, TierHealth> tiers) {

    /** How a tier fares. */
    public enum Status {
        /** Answers. */
        UP,
        /** Answers in part, or with its circuit breaker half open. */
        DEGRADED,
        /** Does not answer. */
        DOWN
    }

    /** Whether every tier is up. */
    public boolean isHealthy() {
        return status == Status.UP;
    }

    /**
     * Health of one tier.
     *
     * @param status how it fares
     * @param reason why it is not up, in a line, without secrets; null when it is
     * @param latency time of one probe; null when it did not answer
     * @param details facts such as the server's version and memory, by name
     */
    public record TierHealth(
            Status status,
            @Nullable String reason,
            @Nullable Duration latency,
            Map<String, String> details) {}
}
