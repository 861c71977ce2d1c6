package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.ManualClock;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stage on a real Redis: makes legacy services, and puts what is needed where that stage reads. */
@SuppressWarnings("removal") // the legacy classes are what is tested
final class StageWorld implements AutoCloseable {
    final TestRedis redis;
    final Stage stage;
    final ManualClock clock = new ManualClock();
    private final List<RedisCacheService> services = new ArrayList<>();

    StageWorld(TestRedis redis, Stage stage) {
        this.redis = redis;
        this.stage = stage;
    }

    boolean consolidated() {
        return stage instanceof Stage.Consolidated;
    }

    LegacyCacheSettings.Builder settings() {
        return LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(stage))
                .clock(clock);
    }

    RedisCacheService service() {
        return open(settings());
    }

    RedisCacheService service(String namespace) {
        return open(settings().namespace(namespace));
    }

    RedisCacheService open(LegacyCacheSettings.Builder settings) {
        RedisCacheService service = new RedisCacheService(settings.build());
        services.add(service);
        return service;
    }

    /** The key under which this stage keeps an entry of a namespace. */
    String rawKey(String namespace, String key) {
        if (!consolidated()) {
            return namespace + ":" + key;
        }
        KeyRoutes routes = KeyRoutes.forNamespace(namespace);
        return routes.routeOf(key)
                .map(route -> "cs:" + route.region() + ":" + route.idOf(key))
                .orElse("cs:" + routes.fallback() + ":" + key);
    }

    String rawKey(String key) {
        return rawKey("ngx", key);
    }

    /** Puts bytes where this stage reads an entry of namespace {@code ngx}, as a copy or another writer would. */
    void seed(String key, String text) {
        seed(key, text.getBytes(UTF_8));
    }

    void seed(String key, byte[] bytes) {
        if (!consolidated()) {
            redis.raw().set(("ngx:" + key).getBytes(UTF_8), bytes);
        }
        if (!consolidated() && !(stage instanceof Stage.Canary)) {
            return;
        }
        CacheConfig config = CacheConfig.builder().redisUri(redis.url()).build();
        try (CacheService service = CacheService.open(config)) {
            KeyRoutes routes = KeyRoutes.services();
            String region = routes.routeOf(key).map(KeyRoutes.Route::region).orElse(routes.fallback());
            service.region(region, byte[].class).put(key, bytes);
        }
    }

    long pttl(String key) {
        return redis.raw().pttl(rawKey(key));
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    @Override
    public void close() {
        services.forEach(RedisCacheService::close);
    }
}
