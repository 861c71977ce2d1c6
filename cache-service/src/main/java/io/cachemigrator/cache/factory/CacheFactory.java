package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes caches for applications. Each has a service of its own, which it closes: make one and share it.
 *
 * <p>{@link #shared} and {@link #sharedAiApp} give the same cache again as long as it is open: for code that asks anew each time.
 *
 * <p>Faults are reported all at once, as a {@link io.cachemigrator.cache.error.ValidationException}. A Redis that does not answer is
 * no fault: the cache goes on in memory and uses Redis when it is there, unless {@link CacheSpec#failOnConnectionError} asks for an
 * {@link InfrastructureException}. Nothing else makes a cache go to memory. The methods named {@code Async} do the same on another
 * thread, and give what would be thrown as the cause of their failure. Thread safe.
 */
public final class CacheFactory {
    private static final String WEB_APP = "web_app";
    private static final String AI_APP = "ai_app";

    // one pool of connections is enough for who asks anew each time
    private static final SharedCaches SHARED = new SharedCaches();

    private CacheFactory() {}

    /** A cache for web requests with the defaults. */
    public static AppCache forWebApp() {
        return forWebApp(web -> {});
    }

    /** A cache for web requests. */
    public static AppCache forWebApp(Consumer<WebCacheSpec> settings) {
        WebCacheSpec spec = new WebCacheSpec();
        settings.accept(spec);
        return open(spec.config(), spec.cacheType(), spec.monitor());
    }

    /** A cache for answers of language models with the defaults. */
    public static AiCache forAiApp() {
        return forAiApp(ai -> {});
    }

    /** A cache for answers of language models. */
    public static AiCache forAiApp(Consumer<AiCacheSpec> settings) {
        AiCacheSpec spec = new AiCacheSpec();
        settings.accept(spec);
        return new StoreAiCache(open(spec.config(), spec.cacheType(), spec.monitor()), spec.ai());
    }

    /** A cache for tests with the defaults: on Redis. */
    public static AppCache forTesting() {
        return forTesting(test -> {});
    }

    /** A cache for tests. */
    public static AppCache forTesting(Consumer<TestingCacheSpec> settings) {
        TestingCacheSpec spec = new TestingCacheSpec();
        settings.accept(spec);
        return open(spec.config(), spec.cacheType(), spec.monitor());
    }

    /**
     * The cache that a configuration describes: an {@link AiCache} if it has AI features, and only then.
     *
     * @throws io.cachemigrator.cache.error.ConfigurationException if it has faults
     */
    public static AppCache fromConfig(CacheConfig config) {
        AiConfig ai = config.ai();
        StoreCache cache = open(config, ai == null ? WEB_APP : AI_APP, null);
        return ai == null ? cache : new StoreAiCache(cache, ai);
    }

    /**
     * The cache that settings by name describe, as {@link io.cachemigrator.cache.config.CacheConfigBuilder#withSettings} knows
     * them, and {@code fail_on_connection_error}. Options of AI caches or {@code enable_ai_cache} make it an {@link AiCache}.
     *
     * @param settings with {@code redis_url}; where that is null or empty the cache is in memory, for five minutes unless
     *     {@code default_ttl} is there
     * @throws io.cachemigrator.cache.error.ValidationException naming every fault
     */
    public static AppCache fromConfig(Map<String, ?> settings) {
        return fromConfig(NamedSettings.read(settings));
    }

    /**
     * This process's cache of a configuration: who asks again, with an equal one, gets the same, until one of them closes it.
     *
     * @throws io.cachemigrator.cache.error.ConfigurationException if it has faults
     */
    public static AppCache shared(CacheConfig config) {
        return SHARED.get(config, () -> fromConfig(config));
    }

    /**
     * This process's cache of answers with some settings: who asks again, with the same, gets the same, until one of them closes
     * it. A monitor that is given counts only when the cache is made.
     */
    public static AiCache sharedAiApp(Consumer<AiCacheSpec> settings) {
        AiCacheSpec spec = new AiCacheSpec();
        settings.accept(spec);
        CacheConfig config = spec.config();
        return (AiCache) SHARED.get(
                config, () -> new StoreAiCache(open(config, spec.cacheType(), spec.monitor()), spec.ai()));
    }

    /**
     * A cache over a store, which it closes: for adapters such as those of legacy APIs.
     *
     * @param config default times and limits, and the clock
     * @param memory what the store keeps in memory
     * @param monitor is told of every operation
     */
    public static AppCache over(
            TaggedStore store, CacheConfig config, MemoryUse memory, CachePerformanceMonitor monitor) {
        return new StoreCache(store, config, memory, monitor);
    }

    /** As {@link #over}, for answers of language models. */
    public static AiCache aiOver(
            TaggedStore store, CacheConfig config, AiConfig ai, MemoryUse memory, CachePerformanceMonitor monitor) {
        return new StoreAiCache(new StoreCache(store, config, memory, monitor), ai);
    }

    /**
     * The operations on answers over a cache of any values, which is closed with what is given back.
     *
     * @throws IllegalArgumentException if the cache is not one that this factory made
     */
    public static AiCache answersOver(AppCache cache, AiConfig ai) {
        if (cache instanceof AiCache answers) {
            return answers;
        }
        if (cache instanceof StoreCache own) {
            return new StoreAiCache(own, ai);
        }
        throw new IllegalArgumentException("A " + cache.getClass().getName()
                + " was not made by this factory. Give a cache that CacheFactory made.");
    }

    /** As {@link #forWebApp(Consumer)}, on another thread. */
    public static CompletableFuture<AppCache> forWebAppAsync(Consumer<WebCacheSpec> settings) {
        return CompletableFuture.supplyAsync(() -> forWebApp(settings));
    }

    /** As {@link #forAiApp(Consumer)}, on another thread. */
    public static CompletableFuture<AiCache> forAiAppAsync(Consumer<AiCacheSpec> settings) {
        return CompletableFuture.supplyAsync(() -> forAiApp(settings));
    }

    /** As {@link #forTesting(Consumer)}, on another thread. */
    public static CompletableFuture<AppCache> forTestingAsync(Consumer<TestingCacheSpec> settings) {
        return CompletableFuture.supplyAsync(() -> forTesting(settings));
    }

    /** As {@link #fromConfig(CacheConfig)}, on another thread. */
    public static CompletableFuture<AppCache> fromConfigAsync(CacheConfig config) {
        return CompletableFuture.supplyAsync(() -> fromConfig(config));
    }

    /** As {@link #fromConfig(Map)}, on another thread. */
    public static CompletableFuture<AppCache> fromConfigAsync(Map<String, ?> settings) {
        return CompletableFuture.supplyAsync(() -> fromConfig(settings));
    }

    private static StoreCache open(CacheConfig config, String type, @Nullable CachePerformanceMonitor given) {
        CacheService service = CacheService.open(goingOn(config));
        if (config.failOnConnectionError() && service.health().status() == CacheHealth.Status.DOWN) {
            service.close();
            throw unreachable(config.redis(), type);
        }
        CachePerformanceMonitor monitor = given == null ? new CachePerformanceMonitor(config.clock()) : given;
        monitor.attach(service);
        TaggedStore store = KeyedStore.over(service, KeyRoutes.applications());
        return new StoreCache(store, config, MemoryUse.of(service), monitor);
    }

    /**
     * The same, but that operations do not throw once the cache is made, and that answers can be counted by operation; answers of
     * no other region configuration go by the defaults.
     */
    private static CacheConfig goingOn(CacheConfig config) {
        Map<String, RegionConfig> regions = new HashMap<>(config.regions());
        regions.put(
                StoreCache.RESPONSES,
                config.regionOrDefaults(StoreCache.RESPONSES).toBuilder(StoreCache.RESPONSES)
                        .tagIndex(true)
                        .build());
        return new CacheConfig(
                config.keyPrefix(),
                config.redis(),
                config.disk(),
                config.defaults(),
                regions,
                config.encryption(),
                false,
                config.clock(),
                config.environment(),
                config.ai());
    }

    private static InfrastructureException unreachable(@Nullable RedisConfig redis, String type) {
        String where = redis == null ? "the disk tier" : redis.displayUri();
        return new InfrastructureException(
                CacheErrorCode.STORE_UNAVAILABLE,
                "The cache was not made, as " + where + " does not answer and failOnConnectionError is set. Start it,"
                        + " correct the address, or let the cache go on in memory meanwhile.",
                Map.of("redis_url", where, "cache_type", type, "fail_on_connection_error", true));
    }
}
