package io.cachemigrator.cache.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a whole service. Immutable; built with {@link #builder()}.
 *
 * @param keyPrefix what consolidated keys start with on Redis; default {@code cs:}
 * @param redis how Redis is reached; null = no Redis tier
 * @param disk where the disk tier lives; null = no disk tier
 * @param defaults what a region without configuration of its own takes
 * @param regions configurations by region name
 * @param failOnConnectionError whether operations throw when no tier answers
 * @param clock source of time where no server gives it
 */
public record CacheConfig(
        String keyPrefix,
        @Nullable RedisConfig redis,
        @Nullable DiskConfig disk,
        RegionConfig defaults,
        Map<String, RegionConfig> regions,
        boolean failOnConnectionError,
        Clock clock) {

    /** Checks and copies. */
    public CacheConfig {
        regions = Map.copyOf(regions);
    }

    /** Starts from the defaults: memory only, until Redis or a disk folder is named. */
    public static Builder builder() {
        return new Builder();
    }

    /** The configuration of a region, its own or the defaults under its name. */
    public RegionConfig regionOrDefaults(String name) {
        RegionConfig own = regions.get(name);
        return own != null ? own : defaults.toBuilder(name).build();
    }

    /** Every fault that keeps a service from running with this configuration, a line each; empty when there is none. */
    public List<String> faults() {
        return new ConfigFaults(this).find();
    }

    /** The tiers that a region really uses, given what this service has. */
    public TierPolicy tiersOf(RegionConfig region) {
        TierPolicy asked = region.tiers();
        if (asked != null) {
            return asked;
        }
        return redis != null ? TierPolicy.REDIS : disk != null ? TierPolicy.MEMORY_DISK : TierPolicy.MEMORY;
    }

    /** Builds a {@link CacheConfig}. Not thread safe. */
    public static final class Builder {
        private String keyPrefix = "cs:";
        private @Nullable RedisConfig redis;
        private @Nullable DiskConfig disk;
        private RegionConfig defaults = RegionConfig.builder("default").build();
        private final Map<String, RegionConfig> regions = new LinkedHashMap<>();
        private boolean failOnConnectionError;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** What consolidated keys start with on Redis. */
        public Builder keyPrefix(String prefix) {
            this.keyPrefix = prefix;
            return this;
        }

        /** Reaches Redis by URI with default timeouts. */
        public Builder redisUri(String uri) {
            return redis(RedisConfig.of(uri));
        }

        /** Reaches Redis. */
        public Builder redis(RedisConfig config) {
            this.redis = config;
            return this;
        }

        /** Keeps a disk tier in a folder with the default limit. */
        public Builder diskFolder(Path folder) {
            return disk(DiskConfig.of(folder));
        }

        /** Keeps a disk tier. */
        public Builder disk(DiskConfig config) {
            this.disk = config;
            return this;
        }

        /** What a region without configuration of its own takes. */
        public Builder defaults(RegionConfig config) {
            this.defaults = config;
            return this;
        }

        /** Configures a region, replacing an earlier configuration of that name. */
        public Builder region(RegionConfig config) {
            regions.put(config.name(), config);
            return this;
        }

        /** Operations throw when no tier answers. */
        public Builder failOnConnectionError(boolean fail) {
            this.failOnConnectionError = fail;
            return this;
        }

        /** Source of time where no server gives it. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /** The configuration. */
        public CacheConfig build() {
            return new CacheConfig(keyPrefix, redis, disk, defaults, regions, failOnConnectionError, clock);
        }
    }
}
