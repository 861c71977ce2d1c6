package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.OperationTimes;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.RegionStatistics.TierStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * A service's statistics as Micrometer meters. They are read when a registry asks, so they cost the cache nothing.
 *
 * <p>Meters, with the tags {@code region} and, where it makes sense, {@code tier}: {@code cachemigrator.cache.gets} (with
 * {@code result}: hit, miss, stale, unavailable, undecodable), {@code .puts}, {@code .deletes}, {@code .loads} and
 * {@code .load.failures}, {@code .load.time}; {@code cachemigrator.cache.tier.gets}, {@code .tier.errors},
 * {@code .tier.evictions}, {@code .tier.entries}, {@code .tier.bytes}, {@code .tier.operations} (with {@code operation});
 * {@code cachemigrator.cache.health} (1 up, 0.5 degraded, 0 down). Needs {@code io.micrometer:micrometer-core}, which this
 * library does not bring.
 *
 * <pre>{@code
 * new CacheMeters(service).bindTo(registry);
 * }</pre>
 */
public final class CacheMeters implements MeterBinder {
    private static final String PREFIX = "cachemigrator.cache.";
    private static final long SNAPSHOT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final CacheService service;
    private final Snapshots snapshots;

    /** Of a service, which stays open as long as its owner wants. */
    public CacheMeters(CacheService service) {
        this(service, System::nanoTime);
    }

    CacheMeters(CacheService service, LongSupplier nanos) {
        this.service = service;
        this.snapshots = new Snapshots(service, nanos);
    }

    /** Registers the meters of all regions there are; regions opened later need another call, which adds theirs only. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Set<String> regions = new TreeSet<>(service.statistics().regions().keySet());
        regions.forEach(region -> bindRegion(registry, region));
        service.health()
                .tiers()
                .keySet()
                .forEach(tier -> Gauge.builder(PREFIX + "health", service, each -> health(each, tier))
                        .description("1 up, 0.5 degraded, 0 down")
                        .tags("tier", tier)
                        .register(registry));
    }

    private static double health(CacheService service, String tier) {
        CacheHealth.TierHealth health = service.health().tiers().get(tier);
        if (health == null) {
            return 0;
        }
        return switch (health.status()) {
            case UP -> 1;
            case DEGRADED -> 0.5;
            case DOWN -> 0;
        };
    }

    private void bindRegion(MeterRegistry registry, String region) {
        Tags tags = Tags.of("region", region);
        counter(registry, "gets", tags.and("result", "hit"), region, RegionStatistics::hits);
        counter(registry, "gets", tags.and("result", "miss"), region, RegionStatistics::misses);
        counter(registry, "gets", tags.and("result", "stale"), region, RegionStatistics::stale);
        counter(registry, "gets", tags.and("result", "unavailable"), region, RegionStatistics::unavailable);
        counter(registry, "gets", tags.and("result", "undecodable"), region, RegionStatistics::undecodable);
        counter(registry, "puts", tags, region, RegionStatistics::puts);
        counter(registry, "deletes", tags, region, RegionStatistics::deletes);
        counter(registry, "loads", tags, region, RegionStatistics::loads);
        counter(registry, "load.failures", tags, region, RegionStatistics::loadFailures);
        FunctionTimer.builder(
                        PREFIX + "load.time",
                        snapshots,
                        each -> count(each.of(region).loads() + each.of(region).loadFailures()),
                        each -> each.of(region).loadTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .register(registry);
        snapshots.of(region).tiers().keySet().forEach(tier -> bindTier(registry, region, tier));
    }

    private static long count(long number) {
        return number;
    }

    private void counter(
            MeterRegistry registry, String name, Tags tags, String region, ToDoubleFunction<RegionStatistics> value) {
        FunctionCounter.builder(PREFIX + name, snapshots, each -> value.applyAsDouble(each.of(region)))
                .tags(tags)
                .register(registry);
    }

    private void bindTier(MeterRegistry registry, String region, String tier) {
        Tags tags = Tags.of("region", region, "tier", tier);
        tierCounter(registry, "tier.gets", tags.and("result", "hit"), region, tier, TierStatistics::hits);
        tierCounter(registry, "tier.gets", tags.and("result", "miss"), region, tier, TierStatistics::misses);
        tierCounter(registry, "tier.errors", tags, region, tier, TierStatistics::errors);
        tierCounter(registry, "tier.evictions", tags, region, tier, TierStatistics::evictions);
        tierGauge(registry, "tier.entries", tags, region, tier, TierStatistics::entries);
        tierGauge(registry, "tier.bytes", tags, region, tier, TierStatistics::bytes);
        for (String operation : Set.of("get", "put", "delete", "increment", "expire", "invalidate")) {
            FunctionTimer.builder(
                            PREFIX + "tier.operations",
                            snapshots,
                            each -> count(times(each, region, tier, operation).count()),
                            each -> times(each, region, tier, operation).total().toNanos(),
                            TimeUnit.NANOSECONDS)
                    .tags(tags.and("operation", operation))
                    .register(registry);
        }
    }

    private static OperationTimes times(Snapshots snapshots, String region, String tier, String operation) {
        OperationTimes none = new OperationTimes(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return snapshots.tier(region, tier).times().getOrDefault(operation, none);
    }

    private void tierCounter(
            MeterRegistry registry,
            String name,
            Tags tags,
            String region,
            String tier,
            ToDoubleFunction<TierStatistics> value) {
        FunctionCounter.builder(PREFIX + name, snapshots, each -> value.applyAsDouble(each.tier(region, tier)))
                .tags(tags)
                .register(registry);
    }

    /** What only a scan could tell is not a number. */
    private void tierGauge(
            MeterRegistry registry,
            String name,
            Tags tags,
            String region,
            String tier,
            ToDoubleFunction<TierStatistics> value) {
        Gauge.builder(PREFIX + name, snapshots, each -> {
                    double number = value.applyAsDouble(each.tier(region, tier));
                    return number < 0 ? Double.NaN : number;
                })
                .tags(tags)
                .register(registry);
    }

    /** Statistics taken once for the many meters that a registry reads in a row. */
    private static final class Snapshots {
        private static final TierStatistics NO_TIER = new TierStatistics(0, 0, 0, 0, -1, -1, Map.of());

        private final CacheService service;
        private final LongSupplier nanos;
        private final ReentrantLock taking = new ReentrantLock();
        private final ConcurrentHashMap<String, RegionStatistics> latest = new ConcurrentHashMap<>();
        private volatile long taken;

        private Snapshots(CacheService service, LongSupplier nanos) {
            this.service = service;
            this.nanos = nanos;
            refresh();
        }

        private void refresh() {
            taking.lock();
            try {
                latest.putAll(service.statistics().regions());
                taken = nanos.getAsLong();
            } finally {
                taking.unlock();
            }
        }

        private RegionStatistics of(String region) {
            if (nanos.getAsLong() - taken > SNAPSHOT_NANOS || !latest.containsKey(region)) {
                refresh();
            }
            RegionStatistics statistics = latest.get(region);
            if (statistics == null) {
                throw new IllegalStateException("Region '" + region + "' is not open.");
            }
            return statistics;
        }

        private TierStatistics tier(String region, String tier) {
            return of(region).tiers().getOrDefault(tier, NO_TIER);
        }
    }
}
