package io.cachemigrator.cache;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.disk.DiskTier;
import io.cachemigrator.cache.tier.memory.MemoryTier;
import io.cachemigrator.cache.tier.redis.RedisTier;
import io.cachemigrator.cache.tier.timed.TimedTier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The tiers that a service has, and how they are put together into regions. */
final class ServiceTiers implements AutoCloseable {
    private final CacheConfig config;
    private final MemoryTier memory;
    private final Map<String, Tier> byName = new LinkedHashMap<>();

    /**
     * Opens the tiers.
     *
     * @param regions open regions by name, now and later
     */
    ServiceTiers(CacheConfig config, Map<String, OpenRegion> regions) {
        this.config = config;
        this.memory = new MemoryTier(config.clock());
        byName.put(memory.name(), memory);
        DiskConfig disk = config.disk();
        if (disk != null) {
            byName.put("disk", new TimedTier(new DiskTier(disk, config.clock())));
        }
        RedisConfig redis = config.redis();
        if (redis != null) {
            byName.put(
                    "redis",
                    new TimedTier(new RedisTier(redis, config.keyPrefix(), StampClock.ticker(config.clock()))));
        }
        byName.values().forEach(tier -> tier.listen(new HeardChanges(tier, regions)));
    }

    OpenRegion open(RegionConfig region, ServiceThreads threads, BooleanSupplier closed) {
        TierPolicy policy = config.tiersOf(region);
        Tier authority = authority(policy);
        boolean copies = policy.usesMemory() && !authority.equals(memory);
        return new OpenRegion(
                region,
                authority,
                copies ? memory : null,
                config.failOnConnectionError(),
                threads,
                StampClock.ticker(config.clock()),
                closed);
    }

    private Tier authority(TierPolicy policy) {
        String name = policy.usesRedis() ? "redis" : policy.usesDisk() ? "disk" : "memory";
        Tier tier = byName.get(name);
        if (tier == null) {
            throw new IllegalStateException("no " + name + " tier, which the configuration was checked for");
        }
        return tier;
    }

    /** Invalidates in every region; whether every tier has recorded it. */
    boolean invalidateTags(List<String> tags, Collection<OpenRegion> regions) {
        boolean recorded = true;
        for (Tier tier : byName.values()) {
            List<OpenRegion> over = regions.stream()
                    .filter(region -> region.reads().authority.equals(tier))
                    .toList();
            try {
                Invalidated invalidated = tier.invalidateTags(null, tags);
                over.forEach(region -> region.writes().hideCopies(tags, invalidated.atMicros()));
            } catch (TierUnavailableException down) {
                recorded = false;
                over.forEach(region -> region.writes().notRecorded(down));
            }
        }
        return recorded;
    }

    /** From now on every read looks whether the service is still open. */
    void endFreshHits() {
        memory.endFreshHits();
    }

    /** The regions that any tier holds entries of. */
    Set<String> regions() {
        Set<String> names = new TreeSet<>();
        for (Tier tier : byName.values()) {
            try {
                names.addAll(tier.regions());
            } catch (TierUnavailableException down) {
                throw new InfrastructureException(
                        CacheErrorCode.STORE_UNAVAILABLE,
                        "The regions of the " + tier.name() + " tier cannot be listed: " + down.reason()
                                + ". Check that the store runs and admits this client; then list again.",
                        Map.of("tier", tier.name()),
                        down);
            }
        }
        return names;
    }

    Map<String, TierReport> health() {
        Map<String, TierReport> reports = new LinkedHashMap<>();
        byName.forEach((name, tier) -> reports.put(name, tier.health()));
        return reports;
    }

    @Override
    public void close() {
        List<Tier> open = new ArrayList<>(byName.values());
        open.forEach(Tier::close);
    }
}
