package io.cachemigrator.migrator.data;

import java.util.concurrent.TimeUnit;

/** Keeps work at or below a rate that may change, and pauses after each piece on top of that. Used by one thread at a time. */
final class Throttle {
    private double perNano;
    private long nextFree = System.nanoTime();

    /** At most {@code perSecond} units a second; 0 = no limit. */
    Throttle(int perSecond) {
        rate(perSecond);
    }

    /** Changes the rate. What was done at the old one is forgiven, so that a higher rate is kept at once. */
    void rate(int perSecond) {
        double changed = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        if (changed != perNano) {
            perNano = changed;
            nextFree = System.nanoTime();
        }
    }

    /** How long until more may be done, in nanoseconds; 0 = now. */
    long nanosLeft() {
        return Math.max(0, nextFree - System.nanoTime());
    }

    /** Notes that so many units are done, and that at least {@code pauseNanos} is to pass after them. */
    void took(int units, long pauseNanos) {
        long now = System.nanoTime();
        long start = nextFree - now > 0 ? nextFree : now;
        long lasts = perNano == 0 ? 0 : (long) (units / perNano);
        nextFree = start + Math.max(lasts, pauseNanos);
    }
}
