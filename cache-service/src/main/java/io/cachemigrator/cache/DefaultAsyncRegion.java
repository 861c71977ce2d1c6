package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.loading.Flights;
import io.cachemigrator.cache.loading.LoadChain;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view's operations as futures, on the service's executor; what is in memory and shared is answered at once. */
final class DefaultAsyncRegion<V> implements AsyncRegion<V> {
    private final DefaultRegion<V> view;
    private final Loading<V> loading;
    private final OpenRegion region;

    DefaultAsyncRegion(DefaultRegion<V> view, Loading<V> loading, OpenRegion region) {
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
        @Nullable Lookup<V> hit = region.isClosed() ? null : view.shared(id);
        return hit != null ? CompletableFuture.completedFuture(hit) : run(() -> view.lookup(id));
    }

    @Override
    public CompletableFuture<Map<String, Lookup<V>>> lookupAll(Collection<String> ids) {
        return run(() -> view.lookupAll(ids));
    }

    @Override
    public CompletableFuture<Map<String, V>> findAll(Collection<String> ids) {
        return run(() -> view.findAll(ids));
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
    public CompletableFuture<BulkDeletion> deleteAll(Collection<String> ids) {
        return run(() -> view.deleteAll(ids));
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
    public CompletableFuture<WriteOutcome> persist(String id) {
        return run(() -> view.persist(id));
    }

    @Override
    public CompletableFuture<CounterResult> increment(String id, long delta) {
        return run(() -> view.increment(id, delta));
    }

    @Override
    public CompletableFuture<CounterResult> decrement(String id, long delta) {
        return run(() -> view.decrement(id, delta));
    }

    @Override
    public CompletableFuture<@Nullable EntryDetails> describe(String id) {
        return run(() -> view.describe(id));
    }

    @Override
    public CompletableFuture<InvalidationOutcome> invalidateTags(Collection<String> tags) {
        return run(() -> view.invalidateTags(tags));
    }

    @Override
    public CompletableFuture<InvalidationOutcome> invalidatePrefix(String prefix) {
        return run(() -> view.invalidatePrefix(prefix));
    }

    @Override
    public CompletableFuture<ClearOutcome> clear() {
        return run(() -> view.clear());
    }

    @Override
    public CompletableFuture<ClearOutcome> clear(String prefix) {
        return run(() -> view.clear(prefix));
    }

    @Override
    public CompletableFuture<@Nullable V> getOrLoad(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options) {
        LoadConfig how = loading.configOf(options);
        @Nullable Lookup<V> hit = how.refreshAhead() > 0 || region.isClosed() ? null : view.shared(id);
        if (hit != null) {
            return CompletableFuture.completedFuture(hit.valueOrNull());
        }
        LoadChain.@Nullable Link caller = region.threads().chain().current();
        return this.<Loading.First<V>>run(() -> loading.look(id, how))
                .thenCompose(first -> valueAfter(first, id, loader, options, how, caller));
    }

    private CompletableFuture<@Nullable V> valueAfter(
            Loading.First<V> first,
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options,
            LoadConfig how,
            LoadChain.@Nullable Link caller) {
        if (first.lookup() instanceof Lookup.Present<V> present) {
            if (first.due()) {
                loading.refresh(id, options, how, run -> run.runAsync(loader));
            }
            return CompletableFuture.completedFuture(present.value());
        }
        if (loading.isPaused(id, first, options)) {
            return CompletableFuture.completedFuture(first.stale());
        }
        LoadChain.Link link = LoadChain.Link.after(caller, view.name(), id);
        Flights.Joined<Loaded> flight = region.flights().join(id);
        if (flight.mine()) {
            LoadRun<V> run = new LoadRun<>(view, region, link, options, how, false);
            loading.begin(run, flight.result(), () -> run.runAsync(loader));
        }
        @Nullable Duration patience = first.patience(how);
        CompletableFuture<Loaded> mine = flight.result().copy();
        if (patience != null) {
            mine = mine.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
        @Nullable LoadEvent wait = flight.mine() ? null : loading.waiting();
        return mine.handle((loaded, failure) -> {
            if (wait != null) {
                wait.ended(
                        loaded != null
                                ? LoadEvent.Outcome.SHARED
                                : failure instanceof TimeoutException
                                        ? LoadEvent.Outcome.TIMED_OUT
                                        : LoadEvent.Outcome.FAILED);
            }
            return outcome(loaded, failure, first, id, options, patience);
        });
    }

    private @Nullable V outcome(
            @Nullable Loaded loaded,
            @Nullable Throwable failure,
            Loading.First<V> first,
            String id,
            LoadOptions options,
            @Nullable Duration patience) {
        if (failure instanceof TimeoutException) {
            return first.afterTimeout(view.name(), id, patience);
        }
        if (loaded == null) {
            Throwable cause = failure == null ? new IllegalStateException("no outcome") : Loading.unwrapped(failure);
            return loading.staleOr(cause, first, options);
        }
        try {
            return view.reader().valueOf(loaded);
        } catch (CodecException otherView) {
            throw new CompletionException(otherView);
        }
    }
}
