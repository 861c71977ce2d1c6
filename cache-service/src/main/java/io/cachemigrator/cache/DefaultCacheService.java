package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.ConfigChange;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.tier.TierReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The service over the tiers that its configuration names. */
final class DefaultCacheService implements CacheService {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private volatile CacheConfig config;
    private volatile ServiceTiers tiers;
    private final ServiceThreads threads = new ServiceThreads();
    private final Instant since;
    private final Map<String, OpenRegion> regions = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private DefaultCacheService(CacheConfig config) {
        this.config = config;
        this.tiers = new ServiceTiers(null, config, regions);
        this.since = config.clock().instant();
    }

    static CacheService open(CacheConfig config) {
        requireUsable(config);
        return new DefaultCacheService(config);
    }

    private static void requireUsable(CacheConfig config) {
        List<String> faults = config.faults();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "The configuration cannot be used:\n  - " + String.join("\n  - ", faults)
                            + "\nCorrect each of them.",
                    Map.of("faults", faults));
        }
    }

    @Override
    public synchronized List<ConfigChange> reconfigure(CacheConfig asked) {
        requireUsable(asked);
        CacheConfig fresh = asked.withClock(config.clock());
        List<ConfigChange> changes = ConfigChange.between(config, asked);
        if (changes.isEmpty() || closed.get()) {
            return List.of();
        }
        ServiceTiers before = tiers;
        ServiceTiers after = new ServiceTiers(before, fresh, regions);
        boolean everyRegion = !before.missingFrom(after).isEmpty()
                || !after.missingFrom(before).isEmpty()
                || !Objects.equals(config.encryption(), fresh.encryption())
                || config.failOnConnectionError() != fresh.failOnConnectionError();
        config = fresh;
        tiers = after;
        regions.replaceAll((name, open) -> {
            RegionConfig region = fresh.regionOrDefaults(name);
            if (!everyRegion && region.equals(open.config())) {
                return open;
            }
            OpenRegion opened = after.open(open, region, threads, closed::get);
            open.retire();
            return opened;
        });
        // operations that have begun may still use them
        before.missingFrom(after).forEach(tier -> threads.later(tier::close, GRACE));
        return changes;
    }

    /** A region as it is now, for a view of it. */
    OpenRegion current(String name) {
        return regions.computeIfAbsent(name, this::open);
    }

    @Override
    public CacheConfig config() {
        return config;
    }

    @Override
    public <V> Region<V> region(String name, Class<V> type) {
        return region(name, Codecs.of(type));
    }

    @Override
    public <V> Region<V> region(String name, Codec<V> codec) {
        return new LiveRegion<>(this, name, codec);
    }

    private OpenRegion open(String name) {
        RegionConfig region = config.regionOrDefaults(name);
        return tiers.open(null, region, threads, closed::get);
    }

    @Override
    public Set<String> regionNames() {
        Set<String> names = new TreeSet<>(config.regions().keySet());
        names.addAll(regions.keySet());
        return names;
    }

    @Override
    public Set<String> storedRegions() {
        return tiers.regions();
    }

    @Override
    public InvalidationOutcome invalidateTags(Collection<String> tags) {
        List<String> names = Texts.tags(tags);
        return InvalidationEvent.told(
                "*",
                "tags",
                names.size(),
                () -> new InvalidationOutcome(tiers.invalidateTags(names, regions.values()), OptionalLong.empty()));
    }

    @Override
    public CacheHealth health() {
        Map<String, CacheHealth.TierHealth> byTier = new LinkedHashMap<>();
        CacheHealth.Status worst = CacheHealth.Status.UP;
        for (Map.Entry<String, TierReport> entry : tiers.health().entrySet()) {
            TierReport report = entry.getValue();
            CacheHealth.Status status =
                    CacheHealth.Status.valueOf(report.status().name());
            byTier.put(
                    entry.getKey(),
                    new CacheHealth.TierHealth(status, report.reason(), report.latency(), report.details()));
            worst = status.compareTo(worst) > 0 ? status : worst;
        }
        return new CacheHealth(worst, byTier);
    }

    @Override
    public CacheStatistics statistics() {
        Map<String, RegionStatistics> byRegion = new TreeMap<>();
        regions.forEach((name, region) -> byRegion.put(name, region.statistics()));
        return new CacheStatistics(since, byRegion);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            tiers.endFreshHits();
            threads.close();
            tiers.close();
        }
    }
}
