package io.cachemigrator.cache.loading;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process among all to load an id. It ends five seconds after its holder has died, as only a living one
 * renews it; and a holder whose loader does not end renews it for a minute at most. Used by one load.
 */
public final class Lease {
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final Duration RENEWAL = Duration.ofMillis(1_500);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long FIRST_DELAY_MILLIS = 4;
    private static final long LONGEST_DELAY_MILLIS = 200;

    private final Tier tier;
    private final RegionConfig region;
    private final String id;
    private final String owner;
    private final ScheduledExecutorService timer;
    private final boolean asked;
    private final long startedNanos = System.nanoTime();
    private long delayMillis = FIRST_DELAY_MILLIS;
    private volatile boolean held;
    private long keptSinceNanos;
    private @Nullable ScheduledFuture<?> renewal;

    /**
     * Not held yet.
     *
     * @param owner this process's random name
     * @param asked whether other processes are to be asked at all; without it the right is always there
     */
    public Lease(
            Tier tier, RegionConfig region, String id, String owner, ScheduledExecutorService timer, boolean asked) {
        this.tier = tier;
        this.region = region;
        this.id = id;
        this.owner = owner;
        this.timer = timer;
        this.asked = asked;
    }

    /** Whether this load may go on: it has the right, or nobody can tell who has. */
    public boolean acquire() {
        if (!asked) {
            return true;
        }
        try {
            held = tier.lease(region, id, owner, LENGTH.toMillis());
            return held;
        } catch (TierUnavailableException down) {
            // no load of another process would be seen either
            return true;
        }
    }

    /** Whether this load has waited for longer than any holder keeps the right. */
    public boolean isPatienceOver() {
        return System.nanoTime() - startedNanos > LONGEST.plus(LENGTH).toNanos();
    }

    /** How long to wait before another look; longer each time, and at random, so that those who wait do not march in step. */
    public long nextDelayMillis() {
        long delay = delayMillis / 2 + ThreadLocalRandom.current().nextLong(delayMillis / 2 + 1);
        delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
        return Math.max(1, delay);
    }

    /** Renews it from now on. */
    public synchronized void keep() {
        if (held && renewal == null) {
            keptSinceNanos = System.nanoTime();
            long period = RENEWAL.toMillis();
            renewal = timer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void renew() {
        if (!held || System.nanoTime() - keptSinceNanos > LONGEST.toNanos()) {
            stop();
            return;
        }
        try {
            held = tier.lease(region, id, owner, LENGTH.toMillis());
        } catch (TierUnavailableException down) {
            // it may answer in time for the next renewal
            return;
        }
    }

    private synchronized void stop() {
        if (renewal != null) {
            renewal.cancel(false);
            renewal = null;
        }
    }

    /** Gives it up, if it is held. */
    public void release() {
        stop();
        synchronized (this) {
            if (!held) {
                return;
            }
            held = false;
        }
        try {
            tier.release(region, id, owner);
        } catch (TierUnavailableException down) {
            // then it ends by itself
            return;
        }
    }
}
