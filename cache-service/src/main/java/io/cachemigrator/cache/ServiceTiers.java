package io.cachemigrator.cache;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.envelope.PayloadSeal;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The tiers that a service has, and how they are put together into regions. */
final class ServiceTiers implements AutoCloseable {
    private static final String DISK = "disk";
    private static final String REDIS = "redis";

    private final CacheConfig config;
    private final MemoryTier memory;
    private final Map<String, Tier> byName = new LinkedHashMap<>();
    private final @Nullable RedisTier redis;
    private final Map<String, OpenRegion> regions;

    /** The tiers that are listened to: only those that some region keeps copies of. */
    private final Set<Tier> listening;

    /**
     * Opens the tiers.
     *
     * @param before those of the configuration until now, which are kept where they are reached as before; null = there are none
     * @param regions open regions by name, now and later
     */
    ServiceTiers(@Nullable ServiceTiers before, CacheConfig config, Map<String, OpenRegion> regions) {
        this.config = config;
        this.regions = regions;
        this.listening = before == null ? ConcurrentHashMap.newKeySet() : before.listening;
        this.memory = before == null ? new MemoryTier(config.clock()) : before.memory;
        byName.put(memory.name(), memory);
        DiskConfig disk = config.disk();
        if (disk != null) {
            byName.put(
                    DISK,
                    before != null && disk.equals(before.config.disk())
                            ? before.tier(DISK)
                            : new TimedTier(new DiskTier(disk, config.clock())));
        }
        RedisConfig redisConfig = config.redis();
        this.redis = redisConfig == null ? null : redis(before, redisConfig);
        if (before != null && redis != null && redis.equals(before.redis)) {
            byName.put(REDIS, before.tier(REDIS));
        } else if (redis != null) {
            byName.put(REDIS, new TimedTier(redis));
        }
    }

    /** The tier until now, if it is reached as before; else a new one, which goes on where it reaches the same data. */
    private RedisTier redis(@Nullable ServiceTiers before, RedisConfig wanted) {
        RedisTier now = before == null ? null : before.redis;
        RedisConfig former = before == null ? null : before.config.redis();
        boolean samePrefix = before != null && config.keyPrefix().equals(before.config.keyPrefix());
        if (now != null && samePrefix && wanted.equals(former)) {
            return now;
        }
        RedisTier fresh = new RedisTier(wanted, config.keyPrefix(), StampClock.ticker(config.clock()));
        if (now != null && former != null && samePrefix && wanted.reachesTheSameAs(former)) {
            fresh.takeOver(now);
        }
        return fresh;
    }

    /** The tiers that others have and these do not. */
    List<Tier> missingFrom(ServiceTiers others) {
        return byName.values().stream()
                .filter(tier -> !others.byName.containsValue(tier))
                .toList();
    }

    /**
     * Opens a region, or opens it anew.
     *
     * @param before the region until now; null = it is new
     */
    OpenRegion open(@Nullable OpenRegion before, RegionConfig region, ServiceThreads threads, BooleanSupplier closed) {
        TierPolicy policy = config.tiersOf(region);
        Tier authority = authority(policy);
        boolean copies = policy.usesMemory() && !authority.equals(memory);
        if (copies && listening.add(authority)) {
            authority.listen(new HeardChanges(authority, regions));
        }
        if (before != null) {
            boolean sameAuthority = before.isOver(authority);
            if (sameAuthority && copies == before.keepsCopies()) {
                memory.reconfigure(region, authority.equals(memory));
            } else {
                memory.drop(region.name());
            }
        }
        return new OpenRegion(
                before,
                region,
                authority,
                copies ? memory : null,
                PayloadSeal.of(region, config.encryption()),
                config.failOnConnectionError(),
                threads,
                StampClock.ticker(config.clock()),
                closed);
    }

    private Tier authority(TierPolicy policy) {
        return tier(policy.usesRedis() ? REDIS : policy.usesDisk() ? DISK : MemoryTier.NAME);
    }

    private Tier tier(String name) {
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
