package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.SettingRange;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cache of {@link CacheFactory} is to be like. Methods take any value; the factory reports all faults at once when the cache
 * is made. Not thread safe.
 *
 * @param <S> the kind itself
 */
public abstract sealed class CacheSpec<S extends CacheSpec<S>> permits WebCacheSpec, AiCacheSpec, TestingCacheSpec {
    private final String cacheType;
    private String redisUrl;
    private Duration defaultTtl;
    private boolean enableL1Cache;
    private int l1CacheSize;
    private int compressionThreshold;
    private int compressionLevel;
    private boolean useMemoryCache;
    private boolean failOnConnectionError;
    private Clock clock = Clock.systemUTC();
    private @Nullable CachePerformanceMonitor monitor;

    CacheSpec(String cacheType, String redisUrl, Duration defaultTtl, int l1CacheSize, int threshold, int level) {
        this.cacheType = cacheType;
        this.redisUrl = redisUrl;
        this.defaultTtl = defaultTtl;
        this.enableL1Cache = !cacheType.equals("testing");
        this.l1CacheSize = l1CacheSize;
        this.compressionThreshold = threshold;
        this.compressionLevel = level;
    }

    abstract S self();

    /** The address of Redis: {@code redis://} or {@code rediss://} with a host. */
    public S redisUrl(String url) {
        this.redisUrl = url;
        return self();
    }

    /** How long entries are kept that bring no time: 1 second to 365 days, in whole seconds; a part of one is dropped. */
    public S defaultTtl(Duration ttl) {
        this.defaultTtl = ttl;
        return self();
    }

    /** Whether copies are kept in memory in front of Redis. */
    public S enableL1Cache(boolean enable) {
        this.enableL1Cache = enable;
        return self();
    }

    /**
     * How many entries are kept in memory: in front of Redis 0 to 10,000, 0 = none; of a cache that is in memory only 1 to
     * 100,000.
     */
    public S l1CacheSize(int entries) {
        this.l1CacheSize = entries;
        return self();
    }

    /**
     * Which values are compressed.
     *
     * @param thresholdBytes those from so many bytes on, 0 to 1,048,576; 0 = all
     * @param level 1 (fast) to 9 (small)
     */
    public S compression(int thresholdBytes, int level) {
        this.compressionThreshold = thresholdBytes;
        this.compressionLevel = level;
        return self();
    }

    /** Keeps everything in this process and connects to nothing; what is said of Redis does not matter then. */
    public S useMemoryCache(boolean memoryOnly) {
        this.useMemoryCache = memoryOnly;
        return self();
    }

    /**
     * Makes no cache when Redis does not answer, and throws an {@link io.cachemigrator.cache.error.InfrastructureException}
     * instead. A cache that was made goes on in memory whenever Redis is lost.
     */
    public S failOnConnectionError(boolean fail) {
        this.failOnConnectionError = fail;
        return self();
    }

    /** Source of time where no server gives it. */
    public S clock(Clock source) {
        this.clock = source;
        return self();
    }

    /** Is told of every operation. */
    public S monitor(CachePerformanceMonitor watching) {
        this.monitor = watching;
        return self();
    }

    String cacheType() {
        return cacheType;
    }

    @Nullable
    CachePerformanceMonitor monitor() {
        return monitor;
    }

    /** What answers of models need; null = it is no cache of them. */
    @Nullable
    AiConfig ai() {
        return null;
    }

    /** Throws a {@link ValidationException} naming every fault. */
    CacheConfig config() {
        CacheConfigBuilder builder = CacheConfig.builder().clock(clock).failOnConnectionError(failOnConnectionError);
        builder.withDefaultTtl(defaultTtl).withCompression(compressionThreshold, compressionLevel);
        List<String> faults = new ArrayList<>();
        if (useMemoryCache) {
            String fault = SettingRange.MEMORY_ENTRIES.fault("l1_cache_size", l1CacheSize);
            if (fault == null) {
                builder.defaults(RegionConfig.builder("default")
                        .memoryMaxEntries(l1CacheSize)
                        .build());
            } else {
                faults.add(fault);
            }
        } else {
            builder.withRedis(redisUrl).withMemoryCache(l1CacheSize);
            builder.withSettings(Map.of("enable_l1_cache", enableL1Cache));
        }
        AiConfig features = ai();
        if (features != null) {
            builder.withAiFeatures(features);
        }
        faults.addAll(builder.validate().errors());
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        return builder.build();
    }

    private ValidationException refused(List<String> faults) {
        return new ValidationException(
                CacheErrorCode.BAD_ARGUMENT,
                String.join("; ", faults) + ". Correct the values.",
                Map.of(
                        "validation_errors",
                        faults,
                        "cache_type",
                        cacheType,
                        "default_ttl",
                        defaultTtl,
                        "fail_on_connection_error",
                        failOnConnectionError));
    }
}
