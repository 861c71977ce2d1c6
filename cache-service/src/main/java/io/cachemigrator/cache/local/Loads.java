package io.cachemigrator.cache.local;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What becomes of what loaders throw. */
final class Loads {
    private Loads() {}

    /** Completes a future with the outcome of some work; its own exception, where the work waited for another future. */
    static <V> void complete(CompletableFuture<V> future, Callable<V> work) {
        try {
            future.complete(work.call());
        } catch (ExecutionException e) {
            future.completeExceptionally(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.completeExceptionally(e);
        } catch (Exception | Error e) { // handed over to whoever waits
            future.completeExceptionally(e);
        }
    }

    /** What callers get of what a loader threw. */
    static RuntimeException thrown(Throwable failure) throws ExecutionException {
        if (failure instanceof LocalCacheLoader.InvalidCacheLoadException invalid) {
            throw invalid;
        } else if (failure instanceof Error error) {
            throw new LoadError(error);
        } else if (failure instanceof RuntimeException) {
            throw new UncheckedLoadException(failure);
        }
        throw new ExecutionException(failure);
    }
}
