package io.cachemigrator.cache.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a configuration; each fault names the property, its value and what is allowed. */
final class ConfigFaults {
    private static final String SCHEMES =
            "redis://, redis-sentinel:// or redis-cluster://, or with TLS rediss://, rediss-sentinel:// or rediss-cluster://";
    private static final String HOST = "[^\\s:/@,\\[\\]]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+\\]:[0-9]{1,5}";
    private static final int MAX_POOL = 1_000;
    private static final int MAX_FAILURES = 1_000;
    private static final int MAX_HELD = 1_000_000;
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
        config.regions().values().forEach(region -> {
            checkTiers("regions." + region.name(), region);
            checkBounds("regions." + region.name(), region);
        });
        return List.copyOf(faults);
    }

    private void checkRedis(@Nullable RedisConfig redis) {
        if (redis == null) {
            return;
        }
        String scheme = String.valueOf(redis.uri().getScheme());
        RedisTopology topology = redis.topology();
        require(topology.hasScheme(scheme), "redis.uri", redis.displayUri(), SCHEMES);
        require(
                !redis.hosts().isEmpty() && redis.hosts().stream().allMatch(host -> host.matches(HOST)),
                "redis.uri",
                redis.displayUri(),
                "a URI that names a host");
        require(
                topology != RedisTopology.STANDALONE || redis.hosts().size() <= 1,
                "redis.uri",
                redis.displayUri(),
                "one host; several with redis-sentinel:// or redis-cluster://");
        checkPath(redis, topology);
        require(
                redis.poolSize() >= 1 && redis.poolSize() <= MAX_POOL,
                "redis.poolSize",
                redis.poolSize(),
                "1 to 1,000");
        requirePositive("redis.connectTimeout", redis.connectTimeout());
        requirePositive("redis.socketTimeout", redis.socketTimeout());
        checkOutage(redis.outage());
    }

    private void checkPath(RedisConfig redis, RedisTopology topology) {
        String path = redis.uri().getPath() == null ? "" : redis.uri().getPath();
        switch (topology) {
            case STANDALONE ->
                require(
                        path.matches("(/[0-9]{0,4})?"),
                        "redis.uri",
                        redis.displayUri(),
                        "a path that is a database number, or none");
            case SENTINEL ->
                require(
                        path.matches("/[^/]+(/[0-9]{1,4})?"),
                        "redis.uri",
                        redis.displayUri(),
                        "a path that names the master, perhaps with a database number: /mymaster/0");
            case CLUSTER ->
                require(
                        path.matches("(/0?)?"),
                        "redis.uri",
                        redis.displayUri(),
                        "no path, as a cluster has one database only");
        }
    }

    private void checkOutage(RedisOutageConfig outage) {
        require(
                outage.failures() >= 1 && outage.failures() <= MAX_FAILURES,
                "redis.outage.failures",
                outage.failures(),
                "1 to 1,000");
        requirePositive("redis.outage.pause", outage.pause());
        require(
                outage.heldWrites() >= 0 && outage.heldWrites() <= MAX_HELD,
                "redis.outage.heldWrites",
                outage.heldWrites(),
                "0 to 1,000,000");
        require(outage.heldBytes() >= 0, "redis.outage.heldBytes", outage.heldBytes(), "0 or more");
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

    private void require(boolean condition, String property, Object value, String allowed) {
        if (!condition) {
            faults.add(property + " is '" + value + "'; allowed: " + allowed);
        }
    }
}
