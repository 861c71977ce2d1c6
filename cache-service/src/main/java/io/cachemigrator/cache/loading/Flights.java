package io.cachemigrator.cache.loading;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads in progress in this process, one for an id: whoever comes first loads, the others wait for what it gets. Thread
 * safe.
 *
 * @param <T> what a load gives
 */
public final class Flights<T> {
    private final Map<String, Joined<T>> inProgress = new ConcurrentHashMap<>();

    /** Joins the load of an id, or starts it. */
    public Joined<T> join(String id) {
        Joined<T> fresh = new Joined<>(true, new CompletableFuture<>());
        // a load that has ended belongs to the past, also while it is still being taken out
        Joined<T> running =
                inProgress.compute(id, (key, before) -> before == null || before.result.isDone() ? fresh : before);
        if (!running.equals(fresh)) {
            return new Joined<>(false, running.result);
        }
        CompletableFuture<T> unused = fresh.result.whenComplete((value, failure) -> inProgress.remove(id, fresh));
        return fresh;
    }

    /**
     * A place in a load.
     *
     * @param mine whether the caller is the one who loads, and completes the result in every case
     * @param result what the load gives
     */
    public record Joined<T>(boolean mine, CompletableFuture<T> result) {}
}
