package io.cachemigrator.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations of a live view as futures. */
final class LiveAsyncRegion<V> implements AsyncRegion<V> {
    private final LiveRegion<V> region;

    LiveAsyncRegion(LiveRegion<V> region) {
        this.region = region;
    }

    private AsyncRegion<V> async() {
        return region.view().async();
    }

    @Override
    public CompletableFuture<Lookup<V>> lookup(String id) {
        return async().lookup(id);
    }

    @Override
    public CompletableFuture<Map<String, Lookup<V>>> lookupAll(Collection<String> ids) {
        return async().lookupAll(ids);
    }

    @Override
    public CompletableFuture<Map<String, V>> findAll(Collection<String> ids) {
        return async().findAll(ids);
    }

    @Override
    public CompletableFuture<WriteOutcome> put(String id, @Nullable V value) {
        return async().put(id, value);
    }

    @Override
    public CompletableFuture<WriteOutcome> put(String id, @Nullable V value, WriteOptions options) {
        return async().put(id, value, options);
    }

    @Override
    public CompletableFuture<WriteOutcome> putAll(Map<String, ? extends @Nullable V> values, WriteOptions options) {
        return async().putAll(values, options);
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(String id) {
        return async().delete(id);
    }

    @Override
    public CompletableFuture<BulkDeletion> deleteAll(Collection<String> ids) {
        return async().deleteAll(ids);
    }

    @Override
    public CompletableFuture<Boolean> exists(String id) {
        return async().exists(id);
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(String id, Duration ttl) {
        return async().expire(id, ttl);
    }

    @Override
    public CompletableFuture<WriteOutcome> persist(String id) {
        return async().persist(id);
    }

    @Override
    public CompletableFuture<CounterResult> increment(String id, long delta) {
        return async().increment(id, delta);
    }

    @Override
    public CompletableFuture<CounterResult> decrement(String id, long delta) {
        return async().decrement(id, delta);
    }

    @Override
    public CompletableFuture<@Nullable EntryDetails> describe(String id) {
        return async().describe(id);
    }

    @Override
    public CompletableFuture<InvalidationOutcome> invalidateTags(Collection<String> tags) {
        return async().invalidateTags(tags);
    }

    @Override
    public CompletableFuture<InvalidationOutcome> invalidatePrefix(String prefix) {
        return async().invalidatePrefix(prefix);
    }

    @Override
    public CompletableFuture<ClearOutcome> clear() {
        return async().clear();
    }

    @Override
    public CompletableFuture<ClearOutcome> clear(String prefix) {
        return async().clear(prefix);
    }

    @Override
    public CompletableFuture<@Nullable V> getOrLoad(
            String id, Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader) {
        return async().getOrLoad(id, loader);
    }

    @Override
    public CompletableFuture<@Nullable V> getOrLoad(
            String id,
            Function<? super String, ? extends CompletableFuture<? extends @Nullable V>> loader,
            LoadOptions options) {
        return async().getOrLoad(id, loader, options);
    }
}
