package io.cachemigrator.cache.domain.keyed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs calls on a few daemon threads, which exist only while there is work. Thread safe. */
final class AsyncCalls {
    private static final int THREADS = 8;

    private final ThreadPoolExecutor executor;

    AsyncCalls() {
        executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "keyed-cache");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    <R extends @Nullable Object> CompletableFuture<R> call(Supplier<R> call) {
        try {
            return CompletableFuture.supplyAsync(call, executor);
        } catch (RejectedExecutionException e) {
            // closed: the call is as good as over, and finds out by itself
            return CompletableFuture.completedFuture(call.get());
        }
    }

    /** Lets calls that were made finish; takes no more. */
    void close() {
        executor.shutdown();
    }
}
