package io.cachemigrator.cache.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a configuration; each fault names the property, its value and what is allowed. */
final class ConfigFaults {
    private static final Duration LONGEST_BUSY = Duration.ofMinutes(10);
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
        RedisConfig redis = config.redis();
        if (redis != null) {
            new RedisFaults(redis, this).find();
        }
        DiskConfig disk = config.disk();
        if (disk != null) {
            require(disk.maxBytes() > 0, "disk.maxBytes", disk.maxBytes(), "1 or more");
            require(
                    disk.busyTimeout().compareTo(Duration.ofMillis(1)) >= 0
                            && disk.busyTimeout().compareTo(LONGEST_BUSY) <= 0,
                    "disk.busyTimeout",
                    disk.busyTimeout(),
                    "1 ms to 10 minutes");
        }
        checkTiers("defaults", config.defaults());
        config.regions().values().forEach(region -> {
            checkTiers("regions." + region.name(), region);
            checkBounds("regions." + region.name(), region);
        });
        return List.copyOf(faults);
    }

    void requirePositive(String property, Duration value) {
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

    /** A bound that nothing keeps must not be taken for one that is kept; what the defaults say may be meant for other regions. */
    private void checkBounds(String path, RegionConfig region) {
        TierPolicy tiers = config.tiersOf(region);
        RegionConfig defaults = config.defaults();
        long entries = region.memoryMaxEntries();
        if (entries != RegionConfig.DEFAULT_MEMORY_MAX_ENTRIES && entries != defaults.memoryMaxEntries()) {
            checkBound(path + ".memoryMaxEntries", entries, tiers, tiers.usesMemory());
        }
        if (!Objects.equals(region.memoryMaxBytes(), defaults.memoryMaxBytes())) {
            checkBound(path + ".memoryMaxBytes", region.memoryMaxBytes(), tiers, tiers.usesMemory());
        }
        if (!Objects.equals(region.diskMaxEntries(), defaults.diskMaxEntries())) {
            checkBound(path + ".diskMaxEntries", region.diskMaxEntries(), tiers, tiers.usesDisk());
        }
        if (!Objects.equals(region.diskMaxBytes(), defaults.diskMaxBytes())) {
            checkBound(path + ".diskMaxBytes", region.diskMaxBytes(), tiers, tiers.usesDisk());
        }
    }

    private void checkBound(String property, @Nullable Long bound, TierPolicy tiers, boolean kept) {
        String none = "none, as the region's tiers are " + tiers + " and would not keep it";
        String onRedis = "; the server's maxmemory bounds Redis, and a region with memory in front bounds its copies";
        require(bound == null || kept, property, String.valueOf(bound), tiers.usesRedis() ? none + onRedis : none);
    }

    void require(boolean condition, String property, Object value, String allowed) {
        if (!condition) {
            faults.add(property + " is '" + value + "'; allowed: " + allowed);
        }
    }
}
