package io.cachemigrator.migrator.data;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps work at or below a rate. Thread safe. */
final class Throttle {
    private final double perNano;
    private long nextFree = System.nanoTime();

    /** At most {@code perSecond} units a second; 0 = no limit. */
    Throttle(int perSecond) {
        this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Waits until {@code units} more may be done. */
    void await(int units) {
        if (perNano == 0) {
            return;
        }
        long until;
        synchronized (this) {
            long now = System.nanoTime();
            long start = nextFree - now > 0 ? nextFree : now;
            nextFree = start + (long) (units / perNano);
            until = start;
        }
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
