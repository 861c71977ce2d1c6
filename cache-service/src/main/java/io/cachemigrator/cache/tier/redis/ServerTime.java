package io.cachemigrator.cache.tier.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's clock, read now and then and carried on with this machine's monotonic one, so that neither a wrong nor a
 * corrected clock here changes what has expired. Thread safe.
 */
final class ServerTime {
    private static final Duration RENEW_AFTER = Duration.ofMinutes(1);

    private volatile @Nullable Reading last;

    /** Whether it is time to ask the server again. */
    boolean isDue() {
        Reading reading = last;
        return reading == null || System.nanoTime() - reading.nanos() > RENEW_AFTER.toNanos();
    }

    /** Takes over an answer to the TIME command that was asked for at a time of the monotonic clock. */
    void read(List<String> secondsAndMicros, long askedNanos) {
        long answeredNanos = System.nanoTime();
        long millis = Long.parseLong(secondsAndMicros.get(0)) * 1_000 + Long.parseLong(secondsAndMicros.get(1)) / 1_000;
        last = new Reading(millis, askedNanos + (answeredNanos - askedNanos) / 2);
    }

    /** Milliseconds since the epoch; this machine's until the server was asked once. */
    long millis() {
        Reading reading = last;
        return reading == null
                ? System.currentTimeMillis()
                : reading.millis() + Math.floorDiv(System.nanoTime() - reading.nanos(), 1_000_000L);
    }

    private record Reading(long millis, long nanos) {}
}
