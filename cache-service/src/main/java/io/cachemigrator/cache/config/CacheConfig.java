package io.cachemigrator.cache.config;

import java.time.Clock;
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
 * @param encryption keys for regions that ask for encryption; null = none, and such a region is a fault
 * @param failOnConnectionError whether operations throw when no tier answers
 * @param clock source of time where no server gives it
 * @param environment where the application runs
 * @param ai what a cache of answers of language models needs beside all else; null = it caches none
 */
public record CacheConfig(
        String keyPrefix,
        @Nullable RedisConfig redis,
        @Nullable DiskConfig disk,
        RegionConfig defaults,
        Map<String, RegionConfig> regions,
        @Nullable EncryptionConfig encryption,
        boolean failOnConnectionError,
        Clock clock,
        CacheEnvironment environment,
        @Nullable AiConfig ai) {

    /** Checks and copies. */
    public CacheConfig {
        regions = Map.copyOf(regions);
    }

    /** Starts from the defaults: memory only, until Redis or a disk folder is named. */
    public static CacheConfigBuilder builder() {
        return new CacheConfigBuilder();
    }

    /** A copy with another source of time. */
    public CacheConfig withClock(Clock source) {
        return new CacheConfig(
                keyPrefix, redis, disk, defaults, regions, encryption, failOnConnectionError, source, environment, ai);
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
}
