package io.cachemigrator.compat.deprecation;

import java.time.Clock;
import java.time.Duration;

/** Lets so many warnings through in a minute, and counts the others. Thread safe. */
final class WarningRate {
    static final int MOST_A_MINUTE = 60;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Clock clock;
    private long minute = Long.MIN_VALUE;
    private int given;
    private int held;

    WarningRate(Clock clock) {
        this.clock = clock;
    }

    /** Whether there may be one now. */
    synchronized boolean allows() {
        long now = clock.millis() / MINUTE;
        if (now != minute) {
            minute = now;
            given = 0;
        }
        if (given < MOST_A_MINUTE) {
            given++;
            return true;
        }
        held++;
        return false;
    }

    /** How many were held back since this was asked last. */
    synchronized int takeHeld() {
        int taken = held;
        held = 0;
        return taken;
    }
}
