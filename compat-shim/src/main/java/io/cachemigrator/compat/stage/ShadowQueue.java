package io.cachemigrator.compat.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers leave for a thread aside. They never wake it up, which would take a caller longer than all the rest: it looks by
 * itself some fifty times a second, takes what is there together, and ends when there was nothing for some time. Thread safe.
 */
final class ShadowQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowQueue.class);
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_AT_ONCE = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PAUSES_WITHOUT_WORK = 500;

    private final Consumer<List<T>> work;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Thread worker;

    /** Nothing waits yet; {@code work} is given up to 100 at once. */
    ShadowQueue(Consumer<List<T>> work) {
        this.work = work;
    }

    /** Leaves something to be done; false = there is no room, and it will not be. */
    boolean add(T item) {
        if (count.incrementAndGet() > MOST_WAITING) {
            count.decrementAndGet();
            return false;
        }
        waiting.add(item);
        if (worker == null) {
            start();
        }
        return true;
    }

    private synchronized void start() {
        if (worker == null) {
            Thread thread = new Thread(this::run, "cache-shadow");
            thread.setDaemon(true);
            worker = thread;
            thread.start();
        }
    }

    private void run() {
        int pauses = 0;
        while (pauses < PAUSES_WITHOUT_WORK || !hasEnded()) {
            List<T> batch = next();
            if (batch.isEmpty()) {
                pauses++;
                LockSupport.parkNanos(this, PAUSE.toNanos());
            } else {
                pauses = 0;
                done(batch);
            }
        }
    }

    private List<T> next() {
        List<T> batch = new ArrayList<>();
        @Nullable T item = waiting.poll();
        while (item != null) {
            batch.add(item);
            item = batch.size() < MOST_AT_ONCE ? waiting.poll() : null;
        }
        count.addAndGet(-batch.size());
        return batch;
    }

    private void done(List<T> batch) {
        try {
            work.accept(batch);
        } catch (RuntimeException e) {
            LOG.warn("A comparison of both layouts failed", e);
        }
    }

    /** Whether another thread is to be started for what comes; what came just now keeps this one. */
    private synchronized boolean hasEnded() {
        worker = null;
        if (waiting.isEmpty()) {
            return true;
        }
        worker = Thread.currentThread();
        return false;
    }
}
