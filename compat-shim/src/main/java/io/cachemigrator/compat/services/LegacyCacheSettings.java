package io.cachemigrator.compat.services;

import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.cache.domain.keyed.RedisEnvironment;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@link RedisCacheService} is made of. Immutable; built with {@link #builder(Map)}.
 *
 * @param legacy where the legacy layout is
 * @param target where the consolidated service keeps its entries
 * @param namespace what legacy keys start with, before a colon
 * @param decodeResponses accepted for compatibility: values are JSON text either way, and others are decode errors
 * @param defaultTtl positive; time to live of entries that bring none
 * @param stage where the roll-out stands
 * @param staged how calls are routed at the stages that know both layouts
 * @param failureThreshold failures in a row that open the circuit breaker; 1 or more
 * @param openPeriod how long it stays open; positive
 * @param service sets the consolidated service's stores; null = a Redis at {@code target}
 * @param inMemory whether nothing leaves this process: a stand-in for tests, with memory in place of both layouts
 * @param fallback whether a {@link CacheFactory} that cannot start makes a cache in memory instead
 * @param clock time; the system's is read as monotonic time by the circuit breaker
 */
public record LegacyCacheSettings(
        RedisConfig legacy,
        RedisConfig target,
        String namespace,
        boolean decodeResponses,
        Duration defaultTtl,
        StageSource stage,
        StagedOptions staged,
        int failureThreshold,
        Duration openPeriod,
        @Nullable Consumer<CacheConfigBuilder> service,
        boolean inMemory,
        boolean fallback,
        Clock clock) {

    /** With both layouts in Redis. */
    public LegacyCacheSettings(
            RedisConfig legacy,
            RedisConfig target,
            String namespace,
            boolean decodeResponses,
            Duration defaultTtl,
            StageSource stage,
            StagedOptions staged,
            int failureThreshold,
            Duration openPeriod,
            Clock clock) {
        this(
                legacy,
                target,
                namespace,
                decodeResponses,
                defaultTtl,
                stage,
                staged,
                failureThreshold,
                openPeriod,
                null,
                false,
                false,
                clock);
    }

    /** Starts from what environment variables say; see {@link RedisEnvironment}. */
    public static Builder builder(Map<String, String> environment) {
        return new Builder(environment);
    }

    /** The same, but for keeping everything in this process, because the server did not answer. */
    LegacyCacheSettings asFallback() {
        return new LegacyCacheSettings(
                legacy,
                target,
                namespace,
                decodeResponses,
                defaultTtl,
                stage,
                staged,
                failureThreshold,
                openPeriod,
                service,
                true,
                true,
                clock);
    }

    /** Builds {@link LegacyCacheSettings}. Not thread safe. */
    public static final class Builder {
        private static final String TEST_NAMESPACE = "ngx_test";

        private final Map<String, String> environment;
        private @Nullable String url;
        private int poolSize;
        private String namespace = KeyRoutes.SERVICES_NAMESPACE;
        private boolean decodeResponses;
        private Duration defaultTtl = KeyedCache.DEFAULT_TTL;
        private StageSource stage = StageSource.fixed(new Stage.Legacy());
        private StagedOptions staged = StagedOptions.DEFAULTS;
        private int failureThreshold = 5;
        private Duration openPeriod = Duration.ofSeconds(30);
        private @Nullable Consumer<CacheConfigBuilder> service;
        private boolean inMemory;
        private boolean fallback;
        private Clock clock = Clock.systemUTC();

        private Builder(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
        }

        /** Where Redis is; wins over the environment. */
        public Builder url(@Nullable String redisUrl) {
            this.url = redisUrl;
            return this;
        }

        /** Connections; 0 = as the environment says. */
        public Builder poolSize(int connections) {
            this.poolSize = connections;
            return this;
        }

        /** What legacy keys start with. */
        public Builder namespace(String name) {
            this.namespace = name;
            return this;
        }

        /** Accepted for compatibility. */
        public Builder decodeResponses(boolean decode) {
            this.decodeResponses = decode;
            return this;
        }

        /** Time to live of entries that bring none; zero = one hour. */
        public Builder defaultTtl(Duration ttl) {
            this.defaultTtl = ttl.isZero() ? KeyedCache.DEFAULT_TTL : ttl;
            return this;
        }

        /** Where the roll-out stands. */
        public Builder stage(StageSource source) {
            this.stage = source;
            return this;
        }

        /** Whether the consolidated stage also writes the legacy layout. */
        public Builder mirror(boolean writeLegacyToo) {
            this.staged = staged.withMirror(writeLegacyToo);
            return this;
        }

        /** How calls are routed. */
        public Builder staged(StagedOptions options) {
            this.staged = options;
            return this;
        }

        /** When the circuit breaker opens and for how long. */
        public Builder circuitBreaker(int failures, Duration period) {
            this.failureThreshold = failures;
            this.openPeriod = period;
            return this;
        }

        /** Where the consolidated service keeps its entries, such as a disk folder, in place of Redis. */
        public Builder service(Consumer<CacheConfigBuilder> stores) {
            this.service = stores;
            return this;
        }

        /** Keeps everything in this process: a stand-in for tests, without a server, in namespace {@code ngx_test}. */
        public Builder inMemory() {
            this.inMemory = true;
            this.namespace = TEST_NAMESPACE;
            return this;
        }

        /** Whether a {@link CacheFactory} that cannot start makes a cache in memory instead; its health says so. Off. */
        public Builder fallbackToMemory(boolean allowed) {
            this.fallback = allowed;
            return this;
        }

        /** Source of time. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /** The settings. */
        public LegacyCacheSettings build() {
            RedisEnvironment redis = RedisEnvironment.of(environment);
            return new LegacyCacheSettings(
                    redis.legacy(url, poolSize),
                    redis.target(url, poolSize),
                    namespace,
                    decodeResponses,
                    defaultTtl,
                    stage,
                    staged,
                    failureThreshold,
                    openPeriod,
                    service,
                    inMemory,
                    fallback,
                    clock);
        }
    }
}
