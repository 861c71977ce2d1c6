package io.cachemigrator.cache.tier.disk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits while another process writes. SQLite's own handler sleeps longer each time, up to a tenth of a second, and so leaves the
 * file to whoever has come later; this one asks again soon, for long.
 */
final class DiskPatience extends BusyHandler {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Pauses get longer up to this many times the first. */
    private static final int LONGEST_PAUSE = 8;

    private final long longestNanos;
    private long since;

    DiskPatience(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    @Override
    protected int callback(int asked) {
        long now = System.nanoTime();
        if (asked == 0) {
            since = now;
        }
        if (now - since > longestNanos) {
            return 0;
        }
        long pause = PAUSE_NANOS * Math.min(asked + 1, LONGEST_PAUSE);
        LockSupport.parkNanos(this, pause / 2 + ThreadLocalRandom.current().nextLong(pause));
        return 1;
    }
}
