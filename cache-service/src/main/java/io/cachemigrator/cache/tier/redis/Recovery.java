package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes up for what was held during an outage, before any other call gets through: so nobody reads in Redis what this process
 * has replaced since. Beside callers, a thread looks whether Redis answers again; it lives as long as the outage.
 */
final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int BATCH = 100;
    /** How long a caller waits for another thread that finds out how Redis fares. */
    private static final Duration WAIT = Duration.ofMillis(250);

    private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final RedisEntries entries;
    private final HeldWrites held;
    private final long lookMillis;
    private final ReentrantLock turn = new ReentrantLock();
    private final Object monitor = new Object();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread watcher;

    Recovery(RedisKeys keys, RedisLink link, RedisTime time, RedisEntries entries, HeldWrites held) {
        this.keys = keys;
        this.link = link;
        this.time = time;
        this.entries = entries;
        this.held = held;
        long share = link.config().outage().pause().toMillis() / 10;
        this.lookMillis = Math.max(SHORTEST_LOOK.toMillis(), Math.min(LONGEST_LOOK.toMillis(), share));
    }

    /** Whether everything is in order. */
    private boolean isOver() {
        return held.isEmpty() && link.breaker().state() == CircuitBreaker.State.CLOSED;
    }

    /**
     * Makes up for what is held, if anything is.
     *
     * @throws TierUnavailableException if that is not possible now, so that no other call may be made
     */
    void beforeCall() throws TierUnavailableException {
        if (isOver()) {
            return;
        }
        if (!waitForTurn()) {
            throw new TierUnavailableException(
                    link.config().displayUri() + " is being asked whether it serves again", null);
        }
        try {
            makeUp();
        } finally {
            turn.unlock();
        }
    }

    private boolean waitForTurn() {
        try {
            return turn.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void makeUp() throws TierUnavailableException {
        if (held.isEmpty()) {
            return;
        }
        int count = held.size();
        time.ask();
        for (HeldWrites.HeldInvalidation next = held.nextInvalidation(); next != null; next = held.nextInvalidation()) {
            invalidate(next);
            held.made(next);
        }
        for (HeldWrites.Batch next = held.nextBatch(BATCH); next != null; next = held.nextBatch(BATCH)) {
            replay(next);
            held.made(next);
        }
        LOG.info(
                "{} serves again; {} changes held meanwhile were made up for.",
                link.config().displayUri(),
                count);
    }

    private void invalidate(HeldWrites.HeldInvalidation next) throws TierUnavailableException {
        HeldWrites.Target target = next.target();
        try {
            entries.invalidate(target.scope(), target.kind(), List.of(target.name()), time.latestMicros(next.nanos()));
        } catch (TierUnavailableException failure) {
            rethrowUnlessRefused(failure);
        }
    }

    private void replay(HeldWrites.Batch next) throws TierUnavailableException {
        try {
            entries.replay(next.region(), next.writes());
        } catch (TierUnavailableException failure) {
            rethrowUnlessRefused(failure);
            // Redis is full, say: then at least what was to be replaced must go
            byte[][] names = next.writes().stream()
                    .map(write -> keys.entry(next.region().name(), write.id()))
                    .toArray(byte[][]::new);
            link.call(redis -> redis.unlink(names), Repeat.SAFE);
        }
    }

    /** What Redis refuses it would refuse for ever, and no other call would get through. */
    private static void rethrowUnlessRefused(TierUnavailableException failure) throws TierUnavailableException {
        if (RedisLink.mayBeMadeLater(failure)) {
            throw failure;
        }
        LOG.warn("A change that was held during an outage is given up: {}", failure.reason());
    }

    /** Looks from now on whether Redis serves again, until it does. */
    void watch() {
        synchronized (monitor) {
            if (watcher == null && closing.getCount() > 0 && !isOver()) {
                Thread thread = new Thread(this::look, "cache-redis-recovery");
                thread.setDaemon(true);
                watcher = thread;
                thread.start();
            }
        }
    }

    private void look() {
        while (goOn()) {
            turn.lock();
            try {
                if (link.breaker().isTrialDue()) {
                    time.ask();
                }
                makeUp();
            } catch (TierUnavailableException notYet) {
                LOG.debug("Redis does not serve yet: {}", notYet.reason());
            } catch (RuntimeException unexpected) {
                LOG.error(
                        "What was held during an outage of Redis cannot be made up for; it is tried again.",
                        unexpected);
            } finally {
                turn.unlock();
            }
        }
    }

    private boolean goOn() {
        boolean last;
        try {
            last = closing.await(lookMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            last = true;
        }
        synchronized (monitor) {
            if (last || isOver()) {
                watcher = null;
                return false;
            }
            return true;
        }
    }

    /** Tries once more to make up for what is held. */
    @Override
    public void close() {
        closing.countDown();
        try {
            beforeCall();
        } catch (TierUnavailableException lost) {
            if (!held.isEmpty()) {
                LOG.warn(
                        "{} changes are lost that were held for {}: {}",
                        held.size(),
                        link.config().displayUri(),
                        lost.reason());
            }
        }
    }
}
