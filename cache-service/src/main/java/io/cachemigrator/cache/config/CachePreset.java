package io.cachemigrator.cache.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings that fit together, to start from. A preset sets the defaults of regions; whatever is set afterwards replaces it.
 * None of them names a store: without one, entries are kept in memory.
 */
public enum CachePreset {
    /** A machine of a developer: ten minutes, 50 entries in memory, small values left readable. */
    DEVELOPMENT,
    /** Tests: one minute, no chance, failures of a store are thrown. */
    TESTING,
    /** Services: two hours, spread expiry, stale values while a source is down. */
    PRODUCTION,
    /** Pages and requests: half an hour, a stale value while a fresh one is slow to come. */
    WEB,
    /** Answers of language models: four hours; they are dear to make, large, and worth waiting for. */
    AI;

    /** The preset of a name, whatever its case. */
    public static Optional<CachePreset> named(String name) {
        String upper = name.trim().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(preset -> preset.name().equals(upper))
                .findFirst();
    }

    /** What regions take that have no configuration of their own. */
    RegionConfig regionDefaults() {
        return defaults().build();
    }

    /** A builder that starts from this preset. */
    public CacheConfigBuilder builder() {
        return CacheConfig.builder().defaults(regionDefaults()).failOnConnectionError(this == TESTING);
    }

    private RegionConfig.Builder defaults() {
        RegionConfig.Builder region = RegionConfig.builder("default");
        return switch (this) {
            case DEVELOPMENT ->
                region.defaultTtl(Duration.ofMinutes(10))
                        .memoryMaxEntries(50)
                        .compression(new CompressionConfig(2_000, 3));
            case TESTING ->
                region.defaultTtl(Duration.ofMinutes(1))
                        .memoryMaxEntries(50)
                        .compression(new CompressionConfig(1_000, 1))
                        .loading(LoadConfig.DEFAULTS.withFailurePause(Duration.ZERO));
            case PRODUCTION ->
                region.defaultTtl(Duration.ofHours(2))
                        .memoryMaxEntries(10_000)
                        .compression(new CompressionConfig(500, 9))
                        .jitter(0.1)
                        .staleAllowance(Duration.ofMinutes(10))
                        .loading(LoadConfig.DEFAULTS
                                .withTimeouts(Duration.ofMillis(250), Duration.ofSeconds(10))
                                .withRefreshAhead(0.8));
            case WEB ->
                region.defaultTtl(Duration.ofMinutes(30))
                        .memoryMaxEntries(20_000)
                        .compression(new CompressionConfig(2_000, 6))
                        .jitter(0.1)
                        .staleAllowance(Duration.ofMinutes(5))
                        .loading(LoadConfig.DEFAULTS
                                .withTimeouts(Duration.ofMillis(100), Duration.ofSeconds(5))
                                .withRefreshAhead(0.8));
            case AI ->
                region.defaultTtl(Duration.ofHours(4))
                        .memoryMaxEntries(1_000)
                        .compression(new CompressionConfig(300, 9))
                        .jitter(0.1)
                        .staleAllowance(Duration.ofHours(1))
                        .loading(LoadConfig.DEFAULTS.withTimeouts(null, Duration.ofMinutes(2)));
        };
    }
}
