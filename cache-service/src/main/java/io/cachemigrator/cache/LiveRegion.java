package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A view of a region that goes on with the region as it is now, when its configuration has changed. */
final class LiveRegion<V> implements Region<V> {
    private final DefaultCacheService service;
    private final String name;
    private final Codec<V> codec;
    private volatile DefaultRegion<V> view;

    LiveRegion(DefaultCacheService service, String name, Codec<V> codec) {
        this.service = service;
        this.name = name;
        this.codec = codec;
        this.view = new DefaultRegion<>(service.current(name), codec);
    }

    /** The view of the region as it is now. */
    DefaultRegion<V> view() {
        DefaultRegion<V> now = view;
        return now.isRetired() ? renewed() : now;
    }

    private DefaultRegion<V> renewed() {
        DefaultRegion<V> renewed = new DefaultRegion<>(service.current(name), codec);
        view = renewed;
        return renewed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RegionConfig config() {
        return view().config();
    }

    @Override
    public @Nullable V get(String id) {
        return view().get(id);
    }

    @Override
    public Lookup<V> lookup(String id) {
        return view().lookup(id);
    }

    @Override
    public Optional<V> find(String id) {
        return view().find(id);
    }

    @Override
    public Map<String, Lookup<V>> lookupAll(Collection<String> ids) {
        return view().lookupAll(ids);
    }

    @Override
    public Map<String, V> findAll(Collection<String> ids) {
        return view().findAll(ids);
    }

    @Override
    public WriteOutcome put(String id, @Nullable V value) {
        return view().put(id, value);
    }

    @Override
    public WriteOutcome put(String id, @Nullable V value, WriteOptions options) {
        return view().put(id, value, options);
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable V> values, WriteOptions options) {
        return view().putAll(values, options);
    }

    @Override
    public WriteOutcome delete(String id) {
        return view().delete(id);
    }

    @Override
    public BulkDeletion deleteAll(Collection<String> ids) {
        return view().deleteAll(ids);
    }

    @Override
    public boolean exists(String id) {
        return view().exists(id);
    }

    @Override
    public WriteOutcome expire(String id, Duration ttl) {
        return view().expire(id, ttl);
    }

    @Override
    public WriteOutcome persist(String id) {
        return view().persist(id);
    }

    @Override
    public Lookup<Duration> timeToLive(String id) {
        return view().timeToLive(id);
    }

    @Override
    public CounterResult increment(String id, long delta) {
        return view().increment(id, delta);
    }

    @Override
    public CounterResult decrement(String id, long delta) {
        return view().decrement(id, delta);
    }

    @Override
    public @Nullable V getOrLoad(String id, Function<? super String, ? extends @Nullable V> loader) {
        return view().getOrLoad(id, loader);
    }

    @Override
    public @Nullable V getOrLoad(
            String id, Function<? super String, ? extends @Nullable V> loader, LoadOptions options) {
        return view().getOrLoad(id, loader, options);
    }

    @Override
    public @Nullable EntryDetails describe(String id) {
        return view().describe(id);
    }

    @Override
    public RegionPage scan(@Nullable String from, int limit) {
        return view().scan(from, limit);
    }

    @Override
    public WriteOutcome restore(EntryDetails entry, boolean overwrite) {
        return view().restore(entry, overwrite);
    }

    @Override
    public Map<String, EntryState<V>> states(Collection<String> ids) {
        return view().states(ids);
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, ? extends EntryState<V>> states) {
        return view().applyAll(states);
    }

    @Override
    public InvalidationOutcome invalidateTags(Collection<String> tags) {
        return view().invalidateTags(tags);
    }

    @Override
    public InvalidationOutcome invalidatePrefix(String prefix) {
        return view().invalidatePrefix(prefix);
    }

    @Override
    public ClearOutcome clear() {
        return view().clear();
    }

    @Override
    public ClearOutcome clear(String prefix) {
        return view().clear(prefix);
    }

    @Override
    public RegionStatistics statistics() {
        return view().statistics();
    }

    @Override
    public AsyncRegion<V> async() {
        return new LiveAsyncRegion<>(this);
    }
}
