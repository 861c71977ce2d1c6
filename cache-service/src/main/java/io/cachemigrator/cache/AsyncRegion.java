package io.cachemigrator.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link Region} as futures. A future completes exceptionally only where the synchronous method
 * would throw. Thread safe.
 *
 * @param <V> type of the values
 */
public interface AsyncRegion<V> {

    /** As {@link Region#lookup}. */
    CompletableFuture<Lookup<V>> lookup(String id);

    /** As {@link Region#lookupAll}. */
    CompletableFuture<Map<String, Lookup<V>>> lookupAll(Collection<String> ids);

    /** As {@link Region#put(String, Object, WriteOptions)}. */
    CompletableFuture<WriteOutcome> put(String id, @Nullable V value, WriteOptions options);

    /** As {@link Region#putAll}. */
    CompletableFuture<WriteOutcome> putAll(Map<String, ? extends @Nullable V> values, WriteOptions options);

    /** As {@link Region#delete}. */
    CompletableFuture<WriteOutcome> delete(String id);

    /** As {@link Region#exists}. */
    CompletableFuture<Boolean> exists(String id);

    /** As {@link Region#expire}. */
    CompletableFuture<WriteOutcome> expire(String id, Duration ttl);

    /** As {@link Region#increment}. */
    CompletableFuture<CounterResult> increment(String id, long delta);

    /** As {@link Region#getOrLoad(String, Function, LoadOptions)}; the loader returns a future of its own. */
    CompletableFuture<@Nullable V> getOrLoad(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options);
}
