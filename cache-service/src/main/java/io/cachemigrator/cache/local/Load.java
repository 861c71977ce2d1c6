package io.cachemigrator.cache.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A load under way, for which others wait. */
final class Load<V> {
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private final Thread thread = Thread.currentThread();
    /** Whether somebody stored a value meanwhile, which stays; guarded by the segment's lock. */
    boolean overtaken;

    void done(V value) {
        result.complete(value);
    }

    void failed(Throwable failure) {
        result.completeExceptionally(failure);
    }

    boolean isMine() {
        return thread == Thread.currentThread() && !result.isDone();
    }

    /** Waits, whatever interrupts it. */
    V await() throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
