package io.cachemigrator.cache.spring;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.local.LocalCacheBuilder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Hands out caches to Spring: by default caches of this process, and {@linkplain #withRegion regions} of a service under the
 * names that are given to them. Nulls are kept unless {@link #setAllowNullValues} says no, one load of a key runs at a time,
 * and a loader that throws gives a {@link Cache.ValueRetrievalException}.
 *
 * <p>Configure it before it is used; then it is thread safe.
 */
public final class ConsolidatedCacheManager implements CacheManager {
    private final Map<String, Cache> caches = new ConcurrentHashMap<>();
    private final Set<String> regions = ConcurrentHashMap.newKeySet();
    private LocalCacheBuilder<Object, Object> builder = LocalCacheBuilder.newBuilder();
    private boolean allowNullValues = true;
    private volatile boolean dynamic = true;

    /** Makes a cache for every name that is asked for. */
    public ConsolidatedCacheManager() {}

    /** Has caches of these names and no others. */
    public ConsolidatedCacheManager(String... cacheNames) {
        setCacheNames(List.of(cacheNames));
    }

    /**
     * Has caches of these names, beside its regions, and makes no others from now on; null = it makes one for every name that
     * is asked for.
     */
    public void setCacheNames(@Nullable Collection<String> cacheNames) {
        if (cacheNames != null) {
            cacheNames.forEach(name -> caches.put(name, local(name)));
        }
        this.dynamic = cacheNames == null;
    }

    /** Whether caches of this process keep nulls; those that are there begin anew. True unless set. */
    public void setAllowNullValues(boolean allow) {
        if (allow != allowNullValues) {
            this.allowNullValues = allow;
            beginAnew();
        }
    }

    /** Whether caches of this process keep nulls. */
    public boolean isAllowNullValues() {
        return allowNullValues;
    }

    /** How caches of this process are made; those that are there begin anew. */
    public void setCacheBuilder(LocalCacheBuilder<Object, Object> settings) {
        this.builder = settings;
        beginAnew();
    }

    /**
     * As {@link #setCacheBuilder}, by a text such as {@code maximumSize=500,expireAfterWrite=10m}.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public void setCacheSpecification(String specification) {
        setCacheBuilder(LocalCacheBuilder.from(specification));
    }

    /**
     * Has a region of a service under a name. Its keys are texts, integers, booleans, enums or UUIDs: what has no text of its
     * own is refused when it is used. Time to live and tiers are the region's.
     *
     * @param type of every value in it
     * @throws io.cachemigrator.cache.error.ConfigurationException if the region's name is not valid
     */
    public <V> ConsolidatedCacheManager withRegion(
            String cacheName, CacheService service, String region, Class<V> type) {
        caches.put(cacheName, new RegionCache<>(cacheName, service.region(region, type), type));
        regions.add(cacheName);
        return this;
    }

    private void beginAnew() {
        caches.replaceAll((name, cache) -> regions.contains(name) ? cache : local(name));
    }

    private Cache local(String name) {
        return new InMemoryCache(name, builder.build(), allowNullValues);
    }

    @Override
    public @Nullable Cache getCache(String name) {
        Cache known = caches.get(name);
        return known == null && dynamic ? caches.computeIfAbsent(name, this::local) : known;
    }

    @Override
    public Collection<String> getCacheNames() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(caches.keySet()));
    }
}
