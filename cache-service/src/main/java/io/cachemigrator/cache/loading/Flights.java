package io.cachemigrator.cache.loading;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads in progress in this process, one for an id: whoever comes first loads, the others wait for what it gets. Thread
 * safe.
 *
 * @param <T> what a load gives
 */
public final class Flights<T> {
    private final Map<String, Flight<T>> inProgress = new ConcurrentHashMap<>();

    /**
     * Joins the load of an id, or starts it.
     *
     * @param loader the thread that would load; null when it is not one thread
     * @throws IllegalStateException if that thread is already loading this id, and would wait for itself
     */
    public Joined<T> join(String id, @Nullable Thread loader) {
        Flight<T> fresh = new Flight<>(new CompletableFuture<>(), loader);
        // a load that has ended belongs to the past, also while it is still being taken out
        Flight<T> running = inProgress.compute(
                id, (key, before) -> before == null || before.result().isDone() ? fresh : before);
        if (running.equals(fresh)) {
            CompletableFuture<T> unused = fresh.result().whenComplete((value, failure) -> inProgress.remove(id, fresh));
            return new Joined<>(true, fresh.result());
        }
        if (loader != null && loader.equals(running.loader())) {
            throw new IllegalStateException(
                    "The loader of an id asks for the same id, and would wait for itself. Load the value without the cache.");
        }
        return new Joined<>(false, running.result());
    }

    /**
     * A place in a load.
     *
     * @param mine whether the caller is the one who loads, and completes the result in every case
     * @param result what the load gives
     */
    public record Joined<T>(boolean mine, CompletableFuture<T> result) {}

    private record Flight<T>(
            CompletableFuture<T> result, @Nullable Thread loader) {}
}
