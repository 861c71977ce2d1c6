package io.cachemigrator.cache.config;

import java.time.Duration;

/**
 * What is done while Redis does not answer. Immutable.
 *
 * @param failures 1 to 1,000: failures in a row after which calls are rejected at once instead of waiting for Redis
 * @param pause positive, at most a day: how long calls are rejected before one is tried
 * @param heldWrites 0 to 1,000,000: writes, deletions and invalidations that are held to be made when Redis is back; 0 = none.
 *     When there are more, their region's older entries are invalidated instead
 * @param heldBytes 0 or more: the same bound in bytes of ids and values
 */
public record RedisOutageConfig(int failures, Duration pause, int heldWrites, long heldBytes) {

    /** Five failures, 30 seconds, 10,000 writes or 64 MiB. */
    public static final RedisOutageConfig DEFAULTS =
            new RedisOutageConfig(5, Duration.ofSeconds(30), 10_000, 64L << 20);

    /** A copy that rejects calls after other failures, for another time. */
    public RedisOutageConfig withBreaker(int newFailures, Duration newPause) {
        return new RedisOutageConfig(newFailures, newPause, heldWrites, heldBytes);
    }

    /** A copy that holds another number of writes. */
    public RedisOutageConfig withHeld(int newWrites, long newBytes) {
        return new RedisOutageConfig(failures, pause, newWrites, newBytes);
    }
}
