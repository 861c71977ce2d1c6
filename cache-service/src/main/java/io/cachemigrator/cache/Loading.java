package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.loading.Flights;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gets values that are missing from their loaders, one load for an id at a time in this process. */
final class Loading<V> {
    private final DefaultRegion<V> view;
    private final OpenRegion region;
    private final Codec<V> codec;

    Loading(DefaultRegion<V> view, OpenRegion region, Codec<V> codec) {
        this.view = view;
        this.region = region;
        this.codec = codec;
    }

    /** Reads a payload with this view's codec, if it reads what wrote it. */
    V decode(byte[] payload, int writtenBy) throws CodecException {
        if (!codec.reads(writtenBy)) {
            throw new CodecException(
                    "the entry was written by codec " + writtenBy + ", and this view reads codec " + codec.id(), null);
        }
        return codec.decode(payload, writtenBy);
    }

    @Nullable
    V getOrLoad(String id, Function<? super String, ? extends @Nullable V> loader, LoadOptions options) {
        Lookup<V> first = view.lookup(id);
        if (first instanceof Lookup.Present<V> present) {
            return present.value();
        }
        Flights.Joined<Loaded> flight = region.flights().join(id, Thread.currentThread());
        return flight.mine()
                ? loadHere(id, loader, options, first, flight.result())
                : await(id, loader, options, first, flight.result());
    }

    private @Nullable V loadHere(
            String id,
            Function<? super String, ? extends @Nullable V> loader,
            LoadOptions options,
            Lookup<V> first,
            CompletableFuture<Loaded> result) {
        try {
            // another load may have ended between the look-up and the start of this one
            Lookup<V> second = view.lookup(id);
            if (second instanceof Lookup.Present<V> present) {
                result.complete(encoded(present.value()));
                return present.value();
            }
            @Nullable V value = timed(id, loader);
            result.complete(store(id, value, options));
            return value;
        } catch (RuntimeException | Error failure) {
            return staleOr(failed(result, failure), first, options);
        }
    }

    private @Nullable V timed(String id, Function<? super String, ? extends @Nullable V> loader) {
        long start = System.nanoTime();
        try {
            return loader.apply(id);
        } finally {
            region.counters().loadNanos.add(System.nanoTime() - start);
        }
    }

    /** Tells those who wait of a failure. */
    <T extends Throwable> T failed(CompletableFuture<Loaded> result, T failure) {
        region.counters().loadFailures.increment();
        result.completeExceptionally(failure);
        return failure;
    }

    /** Stores what a loader returned, as the options say. */
    Loaded store(String id, @Nullable V value, LoadOptions options) {
        region.counters().loads.increment();
        Loaded loaded = encoded(value);
        if (value != null || options.storeNull()) {
            view.put(id, value, options.write());
        }
        return loaded;
    }

    /** The form in which those who wait get a value. */
    Loaded encoded(@Nullable V value) {
        return new Loaded(codec.id(), value == null ? null : codec.encode(value));
    }

    private @Nullable V await(
            String id,
            Function<? super String, ? extends @Nullable V> loader,
            LoadOptions options,
            Lookup<V> first,
            CompletableFuture<Loaded> result) {
        try {
            Loaded loaded = result.join();
            return loaded.payload() == null ? null : decode(loaded.payload(), loaded.codec());
        } catch (CodecException otherView) {
            // another view of the region loads values of another kind under this id: then this one asks its own loader
            return loader.apply(id);
        } catch (CompletionException failure) {
            return staleOr(failure.getCause() == null ? failure : failure.getCause(), first, options);
        }
    }

    private @Nullable V staleOr(Throwable failure, Lookup<V> first, LoadOptions options) {
        if (options.staleOnFailure() && first instanceof Lookup.Stale<V> stale) {
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
}
