package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.factory.AiCache;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.cache.factory.MemoryUse;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A cache of today over the stores that the stage asks for. Thread safe. */
@SuppressWarnings("removal") // the legacy family is itself
final class OpenedCache implements AutoCloseable {
    private static final String DEFAULT_URL = "redis://redis:6379";

    /** Variables that no constructor looked at, as its arguments or defaults counted; with the names that they have today. */
    private static final Set<String> NOT_READ = Set.of(
            "REDIS_URL",
            "CACHE_TTL",
            "CACHE_DEFAULT_TTL",
            "CACHE_SIZE",
            "CACHE_DEFAULTS_MEMORY_MAX_ENTRIES",
            "ENABLE_COMPRESSION",
            "CACHE_DEFAULTS_COMPRESSION");

    private final FactoryRuntime runtime;
    private final CacheConfig config;
    private final CachePerformanceMonitor monitor;

    private OpenedCache(FactoryRuntime runtime) {
        LegacyOptions options = runtime.options();
        this.runtime = runtime;
        this.config = CacheConfig.builder()
                .clock(options.clock())
                .withDefaultTtl(options.defaultTtl())
                .build();
        this.monitor = new CachePerformanceMonitor(options.clock());
    }

    /** Settings as a constructor takes them: stage, logins, TLS and where the consolidated service is come from the environment. */
    static LegacyOptionsBuilder settings() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.keySet().removeAll(NOT_READ);
        return LegacyOptions.builder(environment).redisUrl(DEFAULT_URL);
    }

    /**
     * Opens one of any values.
     *
     * @throws InfrastructureException if the options ask for it and the store does not answer
     */
    static OpenedCache web(LegacyOptions options) {
        return open(options, ClearScope.EVERYTHING, "web_app");
    }

    /** Opens one of answers; as {@link #web}. */
    static OpenedCache ai(LegacyOptions options) {
        return open(options, ClearScope.ANSWERS, "ai_app");
    }

    private static OpenedCache open(LegacyOptions options, ClearScope scope, String type) {
        FactoryRuntime runtime = FactoryRuntime.open(options, scope);
        if (options.failOnConnectionError() && isDown(runtime)) {
            runtime.close();
            String where = options.legacy().displayUri();
            throw new InfrastructureException(
                    CacheErrorCode.STORE_UNAVAILABLE,
                    "The cache was not made, as " + where + " does not answer and failOnConnectionError is set. Start"
                            + " it, correct the address, or let the cache go on in memory meanwhile.",
                    Map.of("redis_url", where, "cache_type", type, "fail_on_connection_error", true));
        }
        return new OpenedCache(runtime);
    }

    private static boolean isDown(FactoryRuntime runtime) {
        return runtime.store().health().status() == CacheHealth.Status.DOWN;
    }

    /** Whether the store that counts answers now. */
    boolean answers() {
        return !isDown(runtime);
    }

    LegacyOptions options() {
        return runtime.options();
    }

    AppCache cache() {
        return CacheFactory.over(runtime.store(), config, memory(), monitor);
    }

    AiCache answerCache() {
        return CacheFactory.aiOver(runtime.store(), config, options().ai(), memory(), monitor);
    }

    private MemoryUse memory() {
        return new MemoryUse() {
            @Override
            public String backend() {
                return options().inMemory() ? "memory" : "redis";
            }

            @Override
            public Figures figures() {
                Map<String, byte[]> kept = runtime.kept();
                long bytes =
                        kept.values().stream().mapToLong(text -> text.length).sum();
                return new Figures(kept.size(), options().hasL1() ? options().l1CacheSize() : 0, bytes, 0);
            }
        };
    }

    /** What is kept in this process, by key. */
    Map<String, Object> kept() {
        Map<String, Object> values = new LinkedHashMap<>();
        runtime.kept().forEach((key, text) -> {
            try {
                Object value = KeyedJson.read(text, Object.class);
                if (value != null) {
                    values.put(key, value);
                }
            } catch (CodecException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        return values;
    }

    @Override
    public void close() {
        runtime.close();
    }
}
