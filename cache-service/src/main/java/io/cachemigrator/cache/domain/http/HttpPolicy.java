package io.cachemigrator.cache.domain.http;

import java.time.Duration;

/**
 * What holds for all responses of a cache. Immutable; the {@code with} methods return changed copies.
 *
 * @param ttl positive: how long a response is fresh that brings no time of its own
 * @param staleTtl zero or more: how long after that it may be served as stale
 * @param maxTags positive: further tags of a response are left out
 * @param maxBytes positive: larger responses are not kept
 */
public record HttpPolicy(Duration ttl, Duration staleTtl, int maxTags, int maxBytes) {

    /** Five minutes fresh, an hour stale, 20 tags, 10 MiB. */
    public static final HttpPolicy DEFAULTS = new HttpPolicy(Duration.ofMinutes(5), Duration.ofHours(1), 20, 10 << 20);

    /** Checks the ranges. */
    public HttpPolicy {
        require(!ttl.isNegative() && !ttl.isZero(), "ttl", ttl, "a positive duration");
        require(!staleTtl.isNegative(), "staleTtl", staleTtl, "zero or a positive duration");
        require(maxTags > 0 && maxTags <= 64, "maxTags", maxTags, "1 to 64");
        require(maxBytes > 0, "maxBytes", maxBytes, "1 or more");
    }

    /** A copy with other times. */
    public HttpPolicy withTimes(Duration fresh, Duration stale) {
        return new HttpPolicy(fresh, stale, maxTags, maxBytes);
    }

    /** A copy with another limit of size. */
    public HttpPolicy withMaxBytes(int bytes) {
        return new HttpPolicy(ttl, staleTtl, maxTags, bytes);
    }

    private static void require(boolean condition, String property, Object value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "The policy's " + property + " is " + value + "; allowed: " + allowed + ". Correct the value.");
        }
    }
}
