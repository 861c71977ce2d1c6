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

    /** As {@link Region#findAll}. */
    CompletableFuture<Map<String, V>> findAll(Collection<String> ids);

    /** As {@link Region#put(String, Object)}. */
    default CompletableFuture<WriteOutcome> put(String id, @Nullable V value) {
        return put(id, value, WriteOptions.DEFAULTS);
    }

    /** As {@link Region#put(String, Object, WriteOptions)}. */
    CompletableFuture<WriteOutcome> put(String id, @Nullable V value, WriteOptions options);

    /** As {@link Region#putAll}. */
    CompletableFuture<WriteOutcome> putAll(Map<String, ? extends @Nullable V> values, WriteOptions options);

    /** As {@link Region#delete}. */
    CompletableFuture<WriteOutcome> delete(String id);

    /** As {@link Region#deleteAll}. */
    CompletableFuture<BulkDeletion> deleteAll(Collection<String> ids);

    /** As {@link Region#exists}. */
    CompletableFuture<Boolean> exists(String id);

    /** As {@link Region#expire}. */
    CompletableFuture<WriteOutcome> expire(String id, Duration ttl);

    /** As {@link Region#persist}. */
    CompletableFuture<WriteOutcome> persist(String id);

    /** As {@link Region#increment}. */
    CompletableFuture<CounterResult> increment(String id, long delta);

    /** As {@link Region#decrement}. */
    CompletableFuture<CounterResult> decrement(String id, long delta);

    /** As {@link Region#describe}. */
    CompletableFuture<@Nullable EntryDetails> describe(String id);

    /** As {@link Region#invalidateTags}. */
    CompletableFuture<InvalidationOutcome> invalidateTags(Collection<String> tags);

    /** As {@link Region#invalidatePrefix}. */
    CompletableFuture<InvalidationOutcome> invalidatePrefix(String prefix);

    /** As {@link Region#clear()}. */
    CompletableFuture<ClearOutcome> clear();

    /** As {@link Region#clear(String)}. */
    CompletableFuture<ClearOutcome> clear(String prefix);

    /** As {@link #getOrLoad(String, Function, LoadOptions)} with {@link LoadOptions#DEFAULTS}. */
    default CompletableFuture<@Nullable V> getOrLoad(
            String id, Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader) {
        return getOrLoad(id, loader, LoadOptions.DEFAULTS);
    }

    /**
     * As {@link Region#getOrLoad(String, Function, LoadOptions)}; the loader returns a future of its own, for which no thread
     * waits.
     */
    CompletableFuture<@Nullable V> getOrLoad(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options);
}
