package io.cachemigrator.cache;

import io.cachemigrator.cache.loading.LoadChain;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a service, which are started when they are first needed, and what its loads share. */
final class ServiceThreads implements AutoCloseable {
    private static final int SECONDS_TO_FINISH = 10;
    private static final int SECONDS_IDLE = 30;

    private final ExecutorService operations;
    private final ExecutorService loads;
    private final ScheduledExecutorService timer;
    private final Queue<Runnable> atTheEnd = new ConcurrentLinkedQueue<>();
    private final LoadChain chain = new LoadChain();
    private final String owner = UUID.randomUUID().toString();

    ServiceThreads() {
        int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor bounded = new ThreadPoolExecutor(
                threads, threads, SECONDS_IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("cache-service-"));
        bounded.allowCoreThreadTimeOut(true);
        this.operations = bounded;
        this.loads = Executors.newCachedThreadPool(named("cache-service-load-"));
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, named("cache-service-timer-"));
        single.setRemoveOnCancelPolicy(true);
        single.setKeepAliveTime(SECONDS_IDLE, TimeUnit.SECONDS);
        single.allowCoreThreadTimeOut(true);
        this.timer = single;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** For operations that end by themselves. */
    Executor operations() {
        return operations;
    }

    /** For loaders that callers wait for with a timeout: one that hangs must not take a thread from the others. */
    Executor loads() {
        return loads;
    }

    /** For short work at a later time. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Does something after a while; when the service is closed before, then. */
    void later(Runnable work, Duration delay) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                work.run();
            }
        };
        atTheEnd.add(once);
        var unused = timer.schedule(once, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Which loads threads work for. */
    LoadChain chain() {
        return chain;
    }

    /** The random name of this service among all that share a store. */
    String owner() {
        return owner;
    }

    /** Lets what was begun end, for a while. */
    @Override
    public void close() {
        timer.shutdownNow();
        loads.shutdown();
        operations.shutdown();
        try {
            boolean ended = operations.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)
                    && loads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS);
            if (!ended) {
                operations.shutdownNow();
                loads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            operations.shutdownNow();
            loads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        atTheEnd.forEach(Runnable::run);
    }
}
