package io.cachemigrator.compat.services;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statistics of a {@link RedisCacheService} since it was made.
 *
 * @param connected whether it is open and the server answered the last call
 * @param hits single look-ups answered with an entry
 * @param misses single look-ups that found none
 * @param errors failures of every kind
 * @param circuitBreakerOpen whether calls are rejected now
 * @param failureCount failures in a row that count for the circuit breaker
 * @param decodeErrors values found that could not be read; part of {@code errors}
 * @param rejectedCalls calls rejected by the circuit breaker
 * @param mirrorFailures changes that the other layout missed, where the stage writes both
 * @deprecated use {@link io.cachemigrator.cache.domain.keyed.KeyedStatistics}; the recipe
 *     {@code io.cachemigrator.recipes.services.MigrateRedisCacheService} does it
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record RedisStats(
        boolean connected,
        long hits,
        long misses,
        long errors,
        boolean circuitBreakerOpen,
        int failureCount,
        long decodeErrors,
        long rejectedCalls,
        long mirrorFailures) {

    /**
     * Hits and misses.
     *
     * @deprecated use {@link io.cachemigrator.cache.domain.keyed.KeyedStatistics#totalRequests()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public long totalRequests() {
        return hits + misses;
    }

    /**
     * Hits divided by requests, 0 to 1; 0 when there were none.
     *
     * @deprecated use {@link io.cachemigrator.cache.domain.keyed.KeyedStatistics#hitRate()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public double hitRate() {
        return totalRequests() == 0 ? 0 : (double) hits / totalRequests();
    }

    /**
     * The fields under their legacy names.
     *
     * @deprecated read the fields of {@link io.cachemigrator.cache.domain.keyed.KeyedStatistics}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connected", connected);
        fields.put("hits", hits);
        fields.put("misses", misses);
        fields.put("errors", errors);
        fields.put("hit_rate", hitRate());
        fields.put("total_requests", totalRequests());
        fields.put("circuit_breaker_open", circuitBreakerOpen);
        fields.put("failure_count", failureCount);
        return fields;
    }
}
