package io.cachemigrator.cache.domain.ai;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for all answers of a cache. Immutable; the {@code with} methods return changed copies.
 *
 * @param keys how ids are made
 * @param ttl positive: how long answers are kept whose operation has no time of its own
 * @param operationTtls positive times by operation
 */
public record AiPolicy(AiKeys keys, Duration ttl, Map<String, Duration> operationTtls) {

    /** Digests as ids, one hour, and times for the usual operations on texts. */
    public static final AiPolicy DEFAULTS = new AiPolicy(
            AiKeys.digests(),
            Duration.ofHours(1),
            Map.of(
                    "summarize", Duration.ofHours(2),
                    "sentiment", Duration.ofDays(1),
                    "key_points", Duration.ofHours(2),
                    "questions", Duration.ofHours(1),
                    "qa", Duration.ofMinutes(30)));

    /** Checks and copies. */
    public AiPolicy {
        operationTtls = Map.copyOf(operationTtls);
        requirePositive("ttl", ttl);
        operationTtls.forEach(AiPolicy::requirePositive);
    }

    private static void requirePositive(String name, Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            throw AiRequest.refused(
                    "The time to live of " + name + " is " + ttl + "; allowed: a positive duration. Correct the value.",
                    Map.of("name", name, "ttl", ttl));
        }
    }

    /** A copy with another way of making ids. */
    public AiPolicy withKeys(AiKeys others) {
        return new AiPolicy(others, ttl, operationTtls);
    }

    /** A copy with another time for operations that have none of their own. */
    public AiPolicy withTtl(Duration other) {
        return new AiPolicy(keys, other, operationTtls);
    }

    /** A copy with another time for an operation. */
    public AiPolicy withOperationTtl(String operation, Duration other) {
        Map<String, Duration> changed = new TreeMap<>(operationTtls);
        changed.put(operation, other);
        return new AiPolicy(keys, ttl, changed);
    }

    /** How long answers of an operation are kept. */
    public Duration ttlOf(String operation) {
        return operationTtls.getOrDefault(operation, ttl);
    }
}
