package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.local.LoadingLocalCache;
import io.cachemigrator.cache.local.LocalCache;
import io.cachemigrator.cache.local.LocalCacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a local cache counts to Micrometer, under the names that it has for caches: {@code cache.size}, {@code cache.gets},
 * {@code cache.puts}, {@code cache.evictions}, and for a loading cache {@code cache.load.duration} and {@code cache.load}. The
 * cache has to record statistics; it is held weakly.
 *
 * @param <K> type of keys
 * @param <V> type of values
 * @param <C> type of the cache
 */
public class LocalCacheMetrics<K, V, C extends LocalCache<K, V>> extends CacheMeterBinder<C> {
    /**
     * Of a cache.
     *
     * @param name value of the tag {@code cache}
     * @param tags further tags
     */
    public LocalCacheMetrics(C cache, String name, Iterable<Tag> tags) {
        super(cache, name, tags);
    }

    /**
     * Shows a cache to a registry.
     *
     * @param tags further tags, as keys and values in turn
     * @return the cache
     */
    public static <K, V, C extends LocalCache<K, V>> C monitor(
            MeterRegistry registry, C cache, String name, String... tags) {
        return monitor(registry, cache, name, Tags.of(tags));
    }

    /** Shows a cache to a registry and gives it back. */
    public static <K, V, C extends LocalCache<K, V>> C monitor(
            MeterRegistry registry, C cache, String name, Iterable<Tag> tags) {
        new LocalCacheMetrics<K, V, C>(cache, name, tags).bindTo(registry);
        return cache;
    }

    private @Nullable LocalCacheStats stats() {
        C cache = getCache();
        return cache == null ? null : cache.stats();
    }

    @Override
    protected @Nullable Long size() {
        C cache = getCache();
        return cache == null ? null : (Long) cache.size();
    }

    @Override
    protected long hitCount() {
        LocalCacheStats stats = stats();
        return stats == null ? 0 : stats.hitCount();
    }

    @Override
    protected @Nullable Long missCount() {
        LocalCacheStats stats = stats();
        return stats == null ? null : (Long) stats.missCount();
    }

    @Override
    protected @Nullable Long evictionCount() {
        LocalCacheStats stats = stats();
        return stats == null ? null : (Long) stats.evictionCount();
    }

    @Override
    protected long putCount() {
        LocalCacheStats stats = stats();
        return stats == null ? 0 : stats.loadCount();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        C cache = getCache();
        if (!(cache instanceof LoadingLocalCache)) {
            return;
        }
        TimeGauge.builder(
                        "cache.load.duration",
                        cache,
                        TimeUnit.NANOSECONDS,
                        each -> each.stats().totalLoadTime())
                .tags(getTagsWithCacheName())
                .description("Time spent in loads")
                .register(registry);
        loads(registry, cache, "success", each -> each.stats().loadSuccessCount());
        loads(registry, cache, "failure", each -> each.stats().loadExceptionCount());
    }

    private void loads(MeterRegistry registry, C cache, String result, ToDoubleFunction<C> count) {
        FunctionCounter.builder("cache.load", cache, count)
                .tags(getTagsWithCacheName())
                .tags("result", result)
                .description("Loads by how they ended")
                .register(registry);
    }
}
