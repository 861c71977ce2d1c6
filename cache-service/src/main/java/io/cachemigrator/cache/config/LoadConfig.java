package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How values of a region are loaded. Immutable; the {@code with} methods return changed copies.
 *
 * @param softTimeout positive: how long a caller that has a stale value waits for a fresh one; the load goes on and its result
 *     is stored. Null = as long as it takes
 * @param hardTimeout positive: how long a caller waits that has none, before it gets an exception; the load goes on and its
 *     result is stored. Null = as long as it takes
 * @param refreshAhead 0 to 1: a hit on an entry that has lived this share of its time to live starts a load beside it, while the
 *     caller gets the entry at once. 0 = never
 * @param failurePause zero to a day: how long after a failed load a stale value is served without asking the loader again
 * @param acrossProcesses whether one load for an id runs at a time in all processes that share the authoritative tier, rather
 *     than in this one only
 */
public record LoadConfig(
        @Nullable Duration softTimeout,
        @Nullable Duration hardTimeout,
        double refreshAhead,
        Duration failurePause,
        boolean acrossProcesses) {

    /** No timeouts, no early refresh, one second of pause, one load across processes. */
    public static final LoadConfig DEFAULTS = new LoadConfig(null, null, 0, Duration.ofSeconds(1), true);

    /** Checks the ranges. */
    public LoadConfig {
        requirePositive("softTimeout", softTimeout);
        requirePositive("hardTimeout", hardTimeout);
        require(refreshAhead >= 0 && refreshAhead < 1, "refreshAhead", refreshAhead, "0 to less than 1");
        require(
                !failurePause.isNegative() && failurePause.compareTo(Duration.ofDays(1)) <= 0,
                "failurePause",
                failurePause,
                "zero to a day");
    }

    /** A copy with timeouts; null = none. */
    public LoadConfig withTimeouts(@Nullable Duration soft, @Nullable Duration hard) {
        return new LoadConfig(soft, hard, refreshAhead, failurePause, acrossProcesses);
    }

    /** A copy that refreshes entries which have lived this share of their time to live. */
    public LoadConfig withRefreshAhead(double share) {
        return new LoadConfig(softTimeout, hardTimeout, share, failurePause, acrossProcesses);
    }

    /** A copy with another pause after a failed load. */
    public LoadConfig withFailurePause(Duration pause) {
        return new LoadConfig(softTimeout, hardTimeout, refreshAhead, pause, acrossProcesses);
    }

    /** A copy whose loads are one at a time in all processes, or in each. */
    public LoadConfig withAcrossProcesses(boolean across) {
        return new LoadConfig(softTimeout, hardTimeout, refreshAhead, failurePause, across);
    }

    private static void requirePositive(String property, @Nullable Duration value) {
        if (value != null) {
            require(!value.isNegative() && !value.isZero(), property, value, "a positive duration");
        }
    }

    private static void require(boolean condition, String property, Object value, String allowed) {
        if (!condition) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "loading." + property + " is '" + value + "'; allowed: " + allowed + ". Correct the value.",
                    Map.of("path", "loading." + property, "value", value, "allowed", allowed));
        }
    }
}
