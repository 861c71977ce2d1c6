package io.cachemigrator.cache.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link CacheConfig}. Not thread safe. */
public final class CacheConfigBuilder {
    private String keyPrefix = "cs:";
    private @Nullable RedisConfig redis;
    private @Nullable DiskConfig disk;
    private RegionConfig defaults = RegionConfig.builder("default").build();
    private final Map<String, RegionConfig> regions = new LinkedHashMap<>();
    private @Nullable EncryptionConfig encryption;
    private boolean failOnConnectionError;
    private Clock clock = Clock.systemUTC();

    CacheConfigBuilder() {}

    /** What consolidated keys start with on Redis. */
    public CacheConfigBuilder keyPrefix(String prefix) {
        this.keyPrefix = prefix;
        return this;
    }

    /** Reaches Redis by URI with default timeouts. */
    public CacheConfigBuilder redisUri(String uri) {
        return redis(RedisConfig.of(uri));
    }

    /** Reaches Redis. */
    public CacheConfigBuilder redis(RedisConfig config) {
        this.redis = config;
        return this;
    }

    /** Keeps a disk tier in a folder with the default limit. */
    public CacheConfigBuilder diskFolder(Path folder) {
        return disk(DiskConfig.of(folder));
    }

    /** Keeps a disk tier. */
    public CacheConfigBuilder disk(DiskConfig config) {
        this.disk = config;
        return this;
    }

    /** What a region without configuration of its own takes. */
    public CacheConfigBuilder defaults(RegionConfig config) {
        this.defaults = config;
        return this;
    }

    /** Configures a region, replacing an earlier configuration of that name. */
    public CacheConfigBuilder region(RegionConfig config) {
        regions.put(config.name(), config);
        return this;
    }

    /** Keys for regions that ask for encryption. */
    public CacheConfigBuilder encryption(EncryptionConfig config) {
        this.encryption = config;
        return this;
    }

    /** Operations throw when no tier answers. */
    public CacheConfigBuilder failOnConnectionError(boolean fail) {
        this.failOnConnectionError = fail;
        return this;
    }

    /** Source of time where no server gives it. */
    public CacheConfigBuilder clock(Clock source) {
        this.clock = source;
        return this;
    }

    /** The configuration. */
    public CacheConfig build() {
        return new CacheConfig(keyPrefix, redis, disk, defaults, regions, encryption, failOnConnectionError, clock);
    }
}
