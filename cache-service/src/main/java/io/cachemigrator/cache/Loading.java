package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.error.LoadTimeoutException;
import io.cachemigrator.cache.loading.Flights;
import io.cachemigrator.cache.loading.LoadChain;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets values that are missing, or about to be, from their loaders: for the thread that asks here, and the steps that
 * {@link DefaultAsyncRegion} shares.
 */
final class Loading<V> {
    private final DefaultRegion<V> view;
    private final OpenRegion region;

    Loading(DefaultRegion<V> view, OpenRegion region) {
        this.view = view;
        this.region = region;
    }

    @Nullable
    V getOrLoad(String id, Function<? super String, ? extends @Nullable V> loader, LoadOptions options) {
        LoadConfig how = configOf(options);
        @Nullable Lookup<V> hit = how.refreshAhead() > 0 ? null : view.shared(id);
        if (hit != null) {
            return hit.valueOrNull();
        }
        First<V> first = look(id, how);
        if (first.lookup() instanceof Lookup.Present<V> present) {
            if (first.due()) {
                refresh(id, options, how, run -> start(run, loader, region.executor()));
            }
            return present.value();
        }
        if (isPaused(id, first, options)) {
            return first.stale();
        }
        LoadChain.Link link = LoadChain.Link.after(region.threads().chain().current(), view.name(), id);
        Flights.Joined<Loaded> flight = region.flights().join(id);
        @Nullable Duration patience = first.patience(how);
        if (flight.mine()) {
            LoadRun<V> run = new LoadRun<>(view, region, link, options, how, false);
            if (patience == null) {
                return loadHere(run, loader, options, first, flight.result());
            }
            begin(
                    run,
                    flight.result(),
                    () -> start(run, loader, region.threads().loads()));
        }
        return await(id, loader, options, first, patience, flight.result(), flight.mine() ? null : waiting());
    }

    private static <V> CompletableFuture<LoadRun.Outcome<V>> start(
            LoadRun<V> run, Function<? super String, ? extends @Nullable V> loader, Executor executor) {
        return CompletableFuture.supplyAsync(() -> run.run(loader), executor);
    }

    LoadConfig configOf(LoadOptions options) {
        LoadConfig own = options.loading();
        return own == null ? region.config().loading() : own;
    }

    /** What there is before a load. */
    First<V> look(String id, LoadConfig how) {
        Found found = region.reads().find(Texts.id(id));
        boolean due = found instanceof Found.Live live
                && Refresh.isDue(live.envelope(), how.refreshAhead(), region.nowMillis())
                && !region.pauses().lasts(id);
        return new First<>(view.decode(found), due);
    }

    /** Whether a load failed a short while ago, and there is a stale value to be served instead of another. */
    boolean isPaused(String id, First<V> first, LoadOptions options) {
        return options.staleOnFailure()
                && first.lookup() instanceof Lookup.Stale
                && region.pauses().lasts(id);
    }

    /** Loads an entry again beside those who read it, unless that is being done already. */
    void refresh(
            String id,
            LoadOptions options,
            LoadConfig how,
            Function<LoadRun<V>, CompletableFuture<LoadRun.Outcome<V>>> start) {
        LoadChain.Link link = new LoadChain.Link(view.name(), id, null);
        Flights.Joined<Loaded> flight = region.flights().join(id);
        if (flight.mine()) {
            LoadRun<V> run = new LoadRun<>(view, region, link, options, how, true);
            begin(run, flight.result(), () -> start.apply(run));
        }
    }

    /** Starts a load whose outcome goes to those who wait. */
    void begin(
            LoadRun<V> run, CompletableFuture<Loaded> result, Supplier<CompletableFuture<LoadRun.Outcome<V>>> start) {
        CompletableFuture<LoadRun.Outcome<V>> running;
        try {
            running = start.get();
        } catch (RuntimeException closed) {
            run.failed(result, closed);
            return;
        }
        CompletableFuture<LoadRun.Outcome<V>> unused = running.whenComplete((outcome, failure) -> {
            if (failure == null) {
                result.complete(outcome.loaded());
            } else {
                run.failed(result, unwrapped(failure));
            }
        });
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private @Nullable V loadHere(
            LoadRun<V> run,
            Function<? super String, ? extends @Nullable V> loader,
            LoadOptions options,
            First<V> first,
            CompletableFuture<Loaded> result) {
        try {
            LoadRun.Outcome<V> outcome = run.run(loader);
            result.complete(outcome.loaded());
            return outcome.value();
        } catch (RuntimeException | Error failure) {
            run.failed(result, failure);
            return staleOr(failure, first, options);
        }
    }

    private @Nullable V await(
            String id,
            Function<? super String, ? extends @Nullable V> loader,
            LoadOptions options,
            First<V> first,
            @Nullable Duration patience,
            CompletableFuture<Loaded> result,
            @Nullable LoadEvent wait) {
        LoadEvent.Outcome how = LoadEvent.Outcome.FAILED;
        try {
            Loaded loaded = patience == null ? result.join() : result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            how = LoadEvent.Outcome.SHARED;
            return view.reader().valueOf(loaded);
        } catch (CodecException otherView) {
            // another view of the region loads values of another kind under this id: then this one asks its own loader
            return loader.apply(id);
        } catch (CompletionException | ExecutionException failure) {
            return staleOr(failure.getCause() == null ? failure : failure.getCause(), first, options);
        } catch (TimeoutException tooLong) {
            how = LoadEvent.Outcome.TIMED_OUT;
            return first.afterTimeout(view.name(), id, patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            how = LoadEvent.Outcome.TIMED_OUT;
            return first.afterTimeout(view.name(), id, patience);
        } finally {
            if (wait != null) {
                wait.ended(how);
            }
        }
    }

    /** A wait for another caller's load, which begins now. */
    LoadEvent waiting() {
        LoadEvent wait = LoadEvent.begun(view.name());
        wait.waited = true;
        return wait;
    }

    /** The stale value instead of a failure, where the options allow it and there is one. */
    @Nullable
    V staleOr(Throwable failure, First<V> first, LoadOptions options) {
        if (options.staleOnFailure() && first.lookup() instanceof Lookup.Stale<V> stale) {
            return stale.value();
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new CompletionException(failure);
    }

    /**
     * What there was before a load.
     *
     * @param lookup what the look-up found
     * @param due whether it was found, and is to be refreshed
     */
    record First<V>(Lookup<V> lookup, boolean due) {

        /** How long a caller waits who has this; null = as long as it takes. */
        @Nullable
        Duration patience(LoadConfig how) {
            return lookup instanceof Lookup.Stale ? how.softTimeout() : how.hardTimeout();
        }

        @Nullable
        V stale() {
            return lookup instanceof Lookup.Stale<V> stale ? stale.value() : null;
        }

        @Nullable
        V afterTimeout(String region, String id, @Nullable Duration patience) {
            if (lookup instanceof Lookup.Stale<V> stale) {
                return stale.value();
            }
            throw new LoadTimeoutException(region, id, patience == null ? Duration.ZERO : patience);
        }
    }
}
