package io.cachemigrator.cache;

import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.loading.Lease;
import io.cachemigrator.cache.loading.LoadChain;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One load of one id: waits for the right to load, looks whether another process has loaded meanwhile, asks the loader, stores
 * what it gives, and gives up the right.
 */
final class LoadRun<V> {
    private final DefaultRegion<V> view;
    private final OpenRegion region;
    private final String id;
    private final LoadOptions options;
    private final double refreshAhead;
    private final Duration failurePause;
    private final LoadChain.Link link;
    private final Lease lease;
    private final LoadEvent event;
    private volatile RegionWrites.LoadTicket ticket = RegionWrites.LoadTicket.NONE;

    /**
     * Not begun.
     *
     * @param how as the options and the region say
     * @param refresh whether an entry that is due to be refreshed counts as none
     */
    LoadRun(
            DefaultRegion<V> view,
            OpenRegion region,
            LoadChain.Link link,
            LoadOptions options,
            LoadConfig how,
            boolean refresh) {
        this.view = view;
        this.region = region;
        this.id = link.id();
        this.options = options;
        this.refreshAhead = refresh ? how.refreshAhead() : 0;
        this.failurePause = how.failurePause();
        this.link = link;
        this.lease = region.lease(id, how.acrossProcesses());
        this.event = LoadEvent.begun(region.config().name());
    }

    /** Loads with the present thread. */
    Outcome<V> run(Function<? super String, ? extends @Nullable V> loader) {
        try {
            @Nullable Outcome<V> there = awaitTurn();
            return there != null ? there : stored(asked(loader));
        } finally {
            lease.release();
        }
    }

    private @Nullable V asked(Function<? super String, ? extends @Nullable V> loader) {
        long start = System.nanoTime();
        try {
            return region.threads().chain().<@Nullable V>during(link, () -> loader.apply(id));
        } finally {
            region.counters().loadNanos.add(System.nanoTime() - start);
        }
    }

    private @Nullable Outcome<V> awaitTurn() {
        for (Turn<V> turn = turn(); ; turn = turn()) {
            if (turn.settled() != null || turn.delayMillis() == 0) {
                return turn.settled();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(turn.delayMillis());
            } catch (InterruptedException interrupted) {
                // the loader is told, and need not be asked at all by who interrupts for good
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    /** Loads without a thread that waits: neither for the right nor for the loader. */
    CompletableFuture<Outcome<V>> runAsync(
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader) {
        return awaitTurnAsync()
                .thenCompose(turn -> {
                    @Nullable Outcome<V> there = turn.settled();
                    return there != null ? CompletableFuture.completedFuture(there) : ask(loader);
                })
                .whenCompleteAsync((outcome, failure) -> lease.release(), region.executor());
    }

    private CompletableFuture<Outcome<V>> ask(
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader) {
        long start = System.nanoTime();
        return region.threads()
                .chain()
                .<CompletableFuture<? extends @Nullable V>>during(link, () -> loader.apply(id))
                .whenComplete((value, failure) -> region.counters().loadNanos.add(System.nanoTime() - start))
                .thenApplyAsync(value -> stored(value), region.executor());
    }

    private CompletableFuture<Turn<V>> awaitTurnAsync() {
        return CompletableFuture.supplyAsync(this::turn, region.executor()).thenCompose(turn -> {
            if (turn.settled() != null || turn.delayMillis() == 0) {
                return CompletableFuture.completedFuture(turn);
            }
            return CompletableFuture.supplyAsync(
                            () -> turn,
                            CompletableFuture.delayedExecutor(
                                    turn.delayMillis(), TimeUnit.MILLISECONDS, region.executor()))
                    .thenCompose(waited -> awaitTurnAsync());
        });
    }

    /** One look at whose turn it is. */
    private Turn<V> turn() {
        boolean mine = lease.acquire();
        long changes = region.writes().ticket(id);
        Found found = region.reads().find(id);
        @Nullable Outcome<V> settled = settledBy(found);
        if (settled != null) {
            event.ended(LoadEvent.Outcome.FOUND);
            return new Turn<>(settled, 0);
        }
        if (mine) {
            lease.keep();
        }
        if (!mine && !lease.isPatienceOver()) {
            event.waited = true;
            return new Turn<>(null, lease.nextDelayMillis());
        }
        ticket = region.writes().ticket(id, changes, found);
        return new Turn<>(null, 0);
    }

    private @Nullable Outcome<V> settledBy(Found found) {
        if (!(found instanceof Found.Live live)
                || Refresh.isDue(live.envelope(), refreshAhead, region.nowMillis())
                || !(view.reader().decoded(live) instanceof Lookup.Present<V> present)) {
            return null;
        }
        byte @Nullable [] payload =
                live.envelope().isNull() ? null : live.envelope().payload();
        return new Outcome<>(new Loaded(live.envelope().codec(), payload), present.value());
    }

    /** Tells those who wait of a failure, and spares the source for a while. */
    void failed(CompletableFuture<Loaded> result, Throwable failure) {
        region.counters().loadFailures.increment();
        region.pauses().begin(id, failurePause);
        event.ended(LoadEvent.Outcome.FAILED);
        result.completeExceptionally(failure);
    }

    private Outcome<V> stored(@Nullable V value) {
        region.counters().loads.increment();
        region.pauses().end(id);
        Loaded loaded = view.reader().encoded(value);
        if (value != null || options.storeNull()) {
            view.putLoaded(id, value, options.write(), ticket);
        }
        event.ended(value == null ? LoadEvent.Outcome.NULL : LoadEvent.Outcome.LOADED);
        return new Outcome<>(loaded, value);
    }

    /**
     * What a load gave.
     *
     * @param loaded for those who wait
     * @param value for the one who loaded
     */
    record Outcome<V>(Loaded loaded, @Nullable V value) {}

    /**
     * Whose turn it is.
     *
     * @param settled what is there now; null = nothing
     * @param delayMillis when to look again; zero = it is this load's turn
     */
    private record Turn<V>(@Nullable Outcome<V> settled, long delayMillis) {}
}
