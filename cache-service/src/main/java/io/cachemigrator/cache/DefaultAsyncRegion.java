package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.loading.Flights;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view's operations as futures, on the service's executor. */
final class DefaultAsyncRegion<V> implements AsyncRegion<V> {
    private final Region<V> view;
    private final Loading<V> loading;
    private final OpenRegion region;

    DefaultAsyncRegion(Region<V> view, Loading<V> loading, OpenRegion region) {
        this.view = view;
        this.loading = loading;
        this.region = region;
    }

    private <T extends @Nullable Object> CompletableFuture<T> run(Supplier<T> operation) {
        try {
            return CompletableFuture.supplyAsync(operation, region.executor());
        } catch (RuntimeException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    @Override
    public CompletableFuture<Lookup<V>> lookup(String id) {
        return run(() -> view.lookup(id));
    }

    @Override
    public CompletableFuture<Map<String, Lookup<V>>> lookupAll(Collection<String> ids) {
        return run(() -> view.lookupAll(ids));
    }

    @Override
    public CompletableFuture<WriteOutcome> put(String id, @Nullable V value, WriteOptions options) {
        return run(() -> view.put(id, value, options));
    }

    @Override
    public CompletableFuture<WriteOutcome> putAll(Map<String, ? extends @Nullable V> values, WriteOptions options) {
        return run(() -> view.putAll(values, options));
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(String id) {
        return run(() -> view.delete(id));
    }

    @Override
    public CompletableFuture<Boolean> exists(String id) {
        return run(() -> view.exists(id));
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(String id, Duration ttl) {
        return run(() -> view.expire(id, ttl));
    }

    @Override
    public CompletableFuture<CounterResult> increment(String id, long delta) {
        return run(() -> view.increment(id, delta));
    }

    @Override
    public CompletableFuture<@Nullable V> getOrLoad(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options) {
        return this.<Lookup<V>>run(() -> view.lookup(id)).thenCompose(first -> {
            if (first instanceof Lookup.Present<V> present) {
                return CompletableFuture.completedFuture(present.value());
            }
            Flights.Joined<Loaded> flight = region.flights().join(id, null);
            if (flight.mine()) {
                load(id, loader, options, flight.result());
            }
            return flight.result().handle((loaded, failure) -> outcome(loaded, failure, first, options));
        });
    }

    private void load(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options,
            CompletableFuture<Loaded> result) {
        // its outcome, failures included, reaches callers through the result
        CompletableFuture<Loaded> unused = this.<Lookup<V>>run(() -> view.lookup(id))
                .thenCompose(second -> second instanceof Lookup.Present<V> present
                        ? CompletableFuture.completedFuture(loading.encoded(present.value()))
                        : loader.apply(id)
                                .thenApplyAsync(value -> loading.store(id, value, options), region.executor()))
                .whenComplete((loaded, failure) -> {
                    if (failure == null) {
                        result.complete(loaded);
                    } else {
                        loading.failed(result, unwrapped(failure));
                    }
                });
    }

    private @Nullable V outcome(
            @Nullable Loaded loaded, @Nullable Throwable failure, Lookup<V> first, LoadOptions options) {
        if (loaded == null) {
            if (options.staleOnFailure() && first instanceof Lookup.Stale<V> stale) {
                return stale.value();
            }
            throw new CompletionException(failure == null ? null : unwrapped(failure));
        }
        try {
            return loaded.payload() == null ? null : loading.decode(loaded.payload(), loaded.codec());
        } catch (CodecException otherView) {
            throw new CompletionException(otherView);
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
