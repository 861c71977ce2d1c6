package io.cachemigrator.cache.tier;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A wall clock whose stamps never repeat and never go back, so that of a write and an invalidation the later one wins.
 * Thread safe.
 */
public final class StampClock {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    /** Over a clock. */
    public StampClock(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds since the epoch. */
    public long millis() {
        return clock.millis();
    }

    /** The next stamp, in microseconds since the epoch. */
    public long nextMicros() {
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        return last.updateAndGet(previous -> Math.max(previous + 1, micros));
    }

    /** Makes every later stamp greater than one that was seen elsewhere. */
    public void advanceTo(long micros) {
        last.accumulateAndGet(micros, Math::max);
    }

    /**
     * A source of nanoseconds for measuring spans: monotonic beside the system clock, and beside any other clock that clock
     * itself, so that a test which moves one moves both.
     */
    public static LongSupplier ticker(Clock clock) {
        return clock.equals(Clock.systemUTC()) ? System::nanoTime : () -> clock.millis() * 1_000_000;
    }
}
