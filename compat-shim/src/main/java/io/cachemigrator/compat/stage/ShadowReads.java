package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.observe.KeyPatterns;
import io.cachemigrator.compat.stage.ShadowVerdict.Cause;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares some reads of the legacy layout with what the consolidated one has, on a thread of its own, so that the caller
 * neither waits nor sees a failure. When the two differ, the legacy layout is asked again first: what differs from itself
 * says nothing of the other. Thread safe.
 */
final class ShadowReads {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowReads.class);
    private static final int MOST_WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;

    private final KeyedStore legacy;
    private final KeyedStore target;
    private final StagedOptions options;
    private final ThreadPoolExecutor executor;

    ShadowReads(KeyedStore legacy, KeyedStore target, StagedOptions options) {
        this.legacy = legacy;
        this.target = target;
        this.options = options;
        this.executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "cache-shadow");
                    thread.setDaemon(true);
                    return thread;
                });
        // no thread is left when the stage has moved on
        executor.allowCoreThreadTimeOut(true);
    }

    <T> void compare(String key, Class<T> type, Lookup<T> found) {
        if (ThreadLocalRandom.current().nextInt(100) >= options.shadowPercent() || !isAnswer(found)) {
            return;
        }
        long asked = System.nanoTime();
        try {
            executor.execute(() -> report(key, verdict(key, type, found, asked)));
        } catch (RejectedExecutionException full) {
            report(key, Cause.SKIPPED);
        }
    }

    private static boolean isAnswer(Lookup<?> found) {
        return found instanceof Lookup.Present || found instanceof Lookup.Absent;
    }

    private <T> Cause verdict(String key, Class<T> type, Lookup<T> found, long asked) {
        try {
            if (isLate(asked)) {
                return Cause.SKIPPED;
            }
            Lookup<T> there = target.lookup(key, type);
            if (isLate(asked) || there instanceof Lookup.Unavailable) {
                return Cause.UNAVAILABLE;
            }
            if (isSame(found, there)) {
                return Cause.SAME;
            }
            if (!isSame(found, legacy.lookup(key, type))) {
                return Cause.MOVED;
            }
            return difference(found, there);
        } catch (RuntimeException e) {
            LOG.debug("A shadow read failed", e);
            return Cause.UNAVAILABLE;
        }
    }

    private boolean isLate(long asked) {
        return System.nanoTime() - asked > options.shadowTimeout().toNanos();
    }

    private static Cause difference(Lookup<?> found, Lookup<?> there) {
        if (there instanceof Lookup.Undecodable) {
            return Cause.UNDECODABLE;
        }
        if (there instanceof Lookup.Present) {
            return found instanceof Lookup.Present ? Cause.VALUE : Cause.EXTRA;
        }
        return Cause.MISSING;
    }

    private static boolean isSame(Lookup<?> one, Lookup<?> other) {
        if (one instanceof Lookup.Present<?> left && other instanceof Lookup.Present<?> right) {
            return Objects.deepEquals(left.value(), right.value());
        }
        return one instanceof Lookup.Absent && other instanceof Lookup.Absent;
    }

    private void report(String key, Cause cause) {
        try {
            options.report().accept(new ShadowVerdict(KeyPatterns.of(key), cause));
        } catch (RuntimeException e) {
            LOG.warn("The listener of shadow reads failed", e);
        }
    }
}
