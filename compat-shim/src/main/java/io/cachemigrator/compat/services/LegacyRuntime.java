package io.cachemigrator.compat.services;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheHealth.TierHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.domain.conversation.ConversationStatistics;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.cache.domain.keyed.KeyedStatistics;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.stage.StageRouter;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.stage.StagedOptions;
import io.cachemigrator.compat.stage.StagedStore;
import io.cachemigrator.compat.store.CircuitBreaker;
import io.cachemigrator.compat.store.GuardedStore;
import io.cachemigrator.compat.store.ServerFacts;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the legacy classes are made of: a keyed cache over the stores that the stage asks for. Thread safe. */
final class LegacyRuntime {
    /** Responses changed their keys: one that was not copied is still read where it was. */
    private static final String RESPONSES = "response:";

    private static final String FALLEN_BACK =
            "Redis did not answer at the start, so entries are kept in this process only, until it is restarted";

    private final LegacyCacheSettings settings;
    private final StageRouter<GuardedStore> router;
    private final StagedStore store;
    private final KeyedCache cache;
    private volatile @Nullable LegacyLayout layout;
    private volatile boolean everConnected;
    private volatile boolean closed;

    private LegacyRuntime(LegacyCacheSettings settings) {
        this.settings = settings;
        this.router = new StageRouter<>(
                settings.stage(),
                settings.staged(),
                () -> guarded("The legacy layout's Redis", legacy(settings)),
                () -> guarded("The consolidated service", target(settings)));
        this.store = new StagedStore(router, key -> key.startsWith(RESPONSES));
        this.cache = new KeyedCache(store, settings.defaultTtl());
    }

    /** Settings as the environment says, with the server at {@code url} if it is not null. */
    static LegacyCacheSettings.Builder settings(@Nullable String url) {
        Map<String, String> environment = System.getenv();
        return LegacyCacheSettings.builder(environment)
                .stage(StageSources.fromEnvironment(environment, Clock.systemUTC()))
                .staged(StagedOptions.fromEnvironment(environment))
                .url(url);
    }

    static LegacyRuntime open(LegacyCacheSettings settings) {
        return new LegacyRuntime(settings);
    }

    LegacyRuntime requireOpen() {
        if (closed) {
            throw new IllegalStateException("The RedisCacheService is closed. Hand in one that is open.");
        }
        return this;
    }

    StagedStore store() {
        return store;
    }

    KeyedCache cache() {
        return cache;
    }

    void start() {
        requireOpen();
        cache.start();
        primary().answered();
    }

    RedisStats stats() {
        KeyedStatistics counted = cache.statistics();
        GuardedStore primary = primary();
        return new RedisStats(
                primary.isConnected(),
                counted.hits(),
                counted.misses(),
                Math.max(0, counted.errors() - primary.rejectedCalls()),
                primary.breaker().isOpen(),
                primary.breaker().failures(),
                counted.decodeErrors(),
                primary.rejectedCalls(),
                router.mirrorFailures());
    }

    HealthReport health() {
        if (closed) {
            return disconnected();
        }
        everConnected |= primary().isConnected();
        CacheHealth health = cache.health();
        TierHealth redis = tierOf(health);
        if (redis == null || redis.status() == CacheHealth.Status.DOWN) {
            return everConnected ? failed(redis) : disconnected();
        }
        everConnected = true;
        primary().answered();
        Map<String, String> facts = redis.details();
        String clients = facts.get(ServerFacts.CONNECTED_CLIENTS);
        return new HealthReport(
                "connected",
                redis.latency(),
                facts.get(ServerFacts.VERSION),
                facts.get(ServerFacts.USED_MEMORY),
                clients == null ? null : Long.valueOf(clients),
                settings.inMemory() && settings.fallback() ? FALLEN_BACK : null,
                stats());
    }

    private static @Nullable TierHealth tierOf(CacheHealth health) {
        TierHealth redis = health.tiers().get("redis");
        return redis != null || health.tiers().isEmpty()
                ? redis
                : health.tiers().values().iterator().next();
    }

    NgxCacheStats ngxStats(ConversationStatistics statistics) {
        return new NgxCacheStats(stats(), statistics.counts(), statistics.cacheKeys());
    }

    void close() {
        closed = true;
        cache.close();
    }

    private static HealthReport disconnected() {
        return new HealthReport("disconnected", null, null, null, null, null, null);
    }

    LegacyCacheSettings settings() {
        return settings;
    }

    private HealthReport failed(@Nullable TierHealth redis) {
        String reason = redis == null || redis.reason() == null ? "no answer" : redis.reason();
        return new HealthReport("error", null, null, null, null, reason, stats());
    }

    private GuardedStore primary() {
        return router.primary();
    }

    private GuardedStore guarded(String name, TaggedStore store) {
        return new GuardedStore(
                name, store, CircuitBreaker.of(settings.failureThreshold(), settings.openPeriod(), settings.clock()));
    }

    private TaggedStore legacy(LegacyCacheSettings settings) {
        if (settings.inMemory()) {
            return target(settings);
        }
        LegacyLayout opened =
                new LegacyLayout(new LegacyRedisStore(settings.legacy(), settings.namespace()), settings.clock());
        layout = opened;
        return opened;
    }

    /** How much smaller the legacy layout stores responses; 0 before the first. */
    double compressionRatio() {
        LegacyLayout open = layout;
        return open == null ? 0 : open.compressionRatio();
    }

    static TaggedStore target(LegacyCacheSettings settings) {
        KeyRoutes routes = KeyRoutes.forNamespace(settings.namespace());
        CacheConfigBuilder config = CacheConfig.builder().clock(settings.clock());
        Consumer<CacheConfigBuilder> stores = settings.service();
        if (stores != null) {
            stores.accept(config);
        } else if (!settings.inMemory()) {
            config.redis(settings.target());
        }
        String responses = routes.routeOf(HttpResponseCache.PREFIX)
                .map(KeyRoutes.Route::region)
                .orElse(routes.fallback());
        routes.regionConfigs()
                .forEach((name, region) -> config.region(
                        // invalidation by tag tells how many it hit, as callers expect
                        name.equals(responses)
                                ? region.toBuilder(name).tagIndex(true).build()
                                : region));
        return KeyedStore.over(CacheService.open(config.build()), routes);
    }
}
