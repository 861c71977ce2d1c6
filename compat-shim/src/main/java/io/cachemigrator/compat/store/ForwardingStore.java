package io.cachemigrator.compat.store;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands every call on to another store: the start of one that does a few calls otherwise. As thread safe as that one. */
public abstract class ForwardingStore implements TaggedStore {
    private final TaggedStore store;

    /** Over a store, which is closed with this. */
    protected ForwardingStore(TaggedStore store) {
        this.store = store;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return store.lookup(key, type);
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        return store.lookupAll(keys, type);
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        return store.put(key, value, options);
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        return store.putAll(values, options);
    }

    @Override
    public WriteOutcome delete(String key) {
        return store.delete(key);
    }

    @Override
    public WriteOutcome exists(String key) {
        return store.exists(key);
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return store.expire(key, ttl);
    }

    @Override
    public CounterResult increment(String key, long delta) {
        return store.increment(key, delta);
    }

    @Override
    public ClearOutcome clear() {
        return store.clear();
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        return store.states(keys);
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        return store.applyAll(states);
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        return store.clearTag(prefix, tag);
    }

    @Override
    public Set<String> keysOf(String tag) {
        return store.keysOf(tag);
    }

    @Override
    public Map<String, Stored> entries(String prefix) {
        return store.entries(prefix);
    }

    @Override
    public Clock clock() {
        return store.clock();
    }

    @Override
    public CacheHealth health() {
        return store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
