package io.cachemigrator.migrator.data;

import java.time.Duration;

/** Keys a second, worked out once a second from how many there were in all. Used by one thread. */
final class Rate {
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

    private long last = System.nanoTime();
    private long lastKeys = -1;
    private double keysPerSecond;

    /** Whether it is time to work it out again. */
    boolean isDue() {
        return lastKeys < 0 || System.nanoTime() - last >= PERIOD_NANOS;
    }

    /**
     * Works it out.
     *
     * @return whether it is known now: not from the first number alone
     */
    boolean update(long keys) {
        long now = System.nanoTime();
        boolean first = lastKeys < 0;
        if (!first) {
            double current = Math.max(0, keys - lastKeys) / ((now - last) / 1e9);
            keysPerSecond = keysPerSecond == 0 ? current : (keysPerSecond + current) / 2;
        }
        last = now;
        lastKeys = keys;
        return !first;
    }

    double keysPerSecond() {
        return keysPerSecond;
    }
}
