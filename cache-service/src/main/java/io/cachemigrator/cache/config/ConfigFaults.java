package io.cachemigrator.cache.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a configuration; each fault names the property, its value and what is allowed. */
final class ConfigFaults {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");
    private static final int MAX_POOL = 1_000;
    private static final int MAX_PREFIX = 64;

    private final CacheConfig config;
    private final List<String> faults = new ArrayList<>();

    ConfigFaults(CacheConfig config) {
        this.config = config;
    }

    List<String> find() {
        String prefix = config.keyPrefix();
        require(
                !prefix.isEmpty()
                        && prefix.length() <= MAX_PREFIX
                        && prefix.chars().allMatch(c -> c > ' ' && c < 127),
                "keyPrefix",
                prefix,
                "1 to 64 printable ASCII characters");
        checkRedis(config.redis());
        DiskConfig disk = config.disk();
        if (disk != null) {
            require(disk.maxBytes() > 0, "disk.maxBytes", disk.maxBytes(), "1 or more");
        }
        checkTiers("defaults", config.defaults());
        config.regions().values().forEach(region -> checkTiers("regions." + region.name(), region));
        return List.copyOf(faults);
    }

    private void checkRedis(@Nullable RedisConfig redis) {
        if (redis == null) {
            return;
        }
        String scheme = redis.uri().getScheme();
        require(scheme != null && SCHEMES.contains(scheme), "redis.uri", redis.displayUri(), "redis:// or rediss://");
        require(redis.uri().getHost() != null, "redis.uri", redis.displayUri(), "a URI that names a host");
        String path = redis.uri().getPath();
        require(
                path == null || path.isEmpty() || path.matches("/[0-9]{0,4}"),
                "redis.uri",
                redis.displayUri(),
                "a path that is a database number, or none");
        require(
                redis.poolSize() >= 1 && redis.poolSize() <= MAX_POOL,
                "redis.poolSize",
                redis.poolSize(),
                "1 to 1,000");
        requirePositive("redis.connectTimeout", redis.connectTimeout());
        requirePositive("redis.socketTimeout", redis.socketTimeout());
    }

    private void requirePositive(String property, Duration value) {
        require(
                !value.isNegative() && !value.isZero() && value.compareTo(Duration.ofDays(1)) <= 0,
                property,
                value,
                "a positive duration of at most a day");
    }

    private void checkTiers(String path, RegionConfig region) {
        require(
                !region.encrypted() || config.encryption() != null,
                path + ".encrypted",
                true,
                "false, as no encryption keys are configured");
        TierPolicy tiers = region.tiers();
        if (tiers == null) {
            return;
        }
        require(
                !tiers.usesRedis() || config.redis() != null,
                path + ".tiers",
                tiers,
                "a policy without Redis, as no Redis is configured");
        require(
                !tiers.usesDisk() || config.disk() != null,
                path + ".tiers",
                tiers,
                "a policy without disk, as no disk folder is configured");
    }

    private void require(boolean condition, String property, Object value, String allowed) {
        if (!condition) {
            faults.add(property + " is '" + value + "'; allowed: " + allowed);
        }
    }
}
