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

    boolean isKnown() {
        return last != null;
    }

    /** Whether it is time to ask the server again. */
    boolean isDue() {
        Reading reading = last;
        return reading == null || System.nanoTime() - reading.nanos() > RENEW_AFTER.toNanos();
    }

    /**
     * Takes over an answer to the TIME command. It counts as the time of its arrival here, so that the estimate is never
     * ahead of the server: then nothing is taken for newer than it is.
     *
     * @param again whether it was asked just before: then the answer that took less time counts
     */
    void read(List<?> secondsAndMicros, long askedNanos, boolean again) {
        long micros = Long.parseLong(Wire.text(secondsAndMicros.get(0))) * 1_000_000
                + Long.parseLong(Wire.text(secondsAndMicros.get(1)));
        long answeredNanos = System.nanoTime();
        long doubt = (answeredNanos - askedNanos) / 1_000;
        if (!again || doubt < doubtMicros()) {
            last = new Reading(micros, answeredNanos, doubt);
        }
    }

    /** Milliseconds since the epoch; this machine's until the server was asked once. */
    long millis() {
        return Math.floorDiv(micros(System.nanoTime()), 1_000);
    }

    /** Microseconds since the epoch at a time of the monotonic clock. */
    long micros(long nanos) {
        Reading reading = last;
        return reading == null
                ? System.currentTimeMillis() * 1_000 + Math.floorDiv(nanos - System.nanoTime(), 1_000L)
                : reading.micros() + Math.floorDiv(nanos - reading.nanos(), 1_000L);
    }

    /** By how many microseconds the server may be ahead of the estimate, clocks that drift apart set aside. */
    long doubtMicros() {
        Reading reading = last;
        return reading == null ? 0 : reading.doubtMicros();
    }

    private record Reading(long micros, long nanos, long doubtMicros) {}
}
