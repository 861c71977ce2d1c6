package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.loading.Flights;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.memory.MemoryEntries;
import io.cachemigrator.cache.tier.memory.MemoryTier;
import io.cachemigrator.cache.tier.memory.NearCopies;
import io.cachemigrator.cache.tier.timed.TimedTier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A region as all its views share it. */
final class OpenRegion {
    private final RegionStore store;
    private final RegionWrites writes;
    private final @Nullable MemoryTier memory;
    private final Flights<Loaded> flights = new Flights<>();
    private final Executor executor;
    private final BooleanSupplier closed;

    /**
     * Over an authoritative tier.
     *
     * @param memory the tier that keeps copies in front of it; null = none
     */
    OpenRegion(
            RegionConfig config,
            Tier authority,
            @Nullable MemoryTier memory,
            boolean failOnConnectionError,
            Executor executor,
            BooleanSupplier closed) {
        this.memory = memory;
        @Nullable NearCopies near = memory == null ? null : memory.copiesOf(config, authority::nowMillis);
        @Nullable MemoryEntries entries = authority instanceof MemoryTier own ? own.entriesOf(config) : near;
        this.store = new RegionStore(config, authority, entries, near, failOnConnectionError);
        this.writes = new RegionWrites(store);
        this.executor = executor;
        this.closed = closed;
    }

    RegionConfig config() {
        return store.config;
    }

    /** What is in memory; null = nothing. It has nothing {@linkplain MemoryEntries#fresh fresh} once the service is closed. */
    @Nullable
    MemoryEntries memory() {
        return store.memory;
    }

    RegionStore reads() {
        requireOpen();
        return store;
    }

    RegionWrites writes() {
        requireOpen();
        return writes;
    }

    RegionCounters counters() {
        return store.counters;
    }

    Flights<Loaded> flights() {
        return flights;
    }

    Executor executor() {
        requireOpen();
        return executor;
    }

    RegionStatistics statistics() {
        Map<String, Occupancy> occupancies = new LinkedHashMap<>();
        if (memory != null) {
            occupancies.put(memory.name(), memory.occupancy(config()));
        }
        occupancies.put(store.authority.name(), store.authority.occupancy(config()));
        Map<String, Map<String, OperationTimes>> times = new LinkedHashMap<>();
        if (store.authority instanceof TimedTier timed) {
            times.put(timed.name(), timesOf(timed));
        }
        return store.counters.snapshot(config().name(), occupancies, times);
    }

    private Map<String, OperationTimes> timesOf(TimedTier timed) {
        Map<String, OperationTimes> times = new TreeMap<>();
        timed.timesOf(config().name())
                .forEach((operation, measured) -> times.put(
                        operation,
                        new OperationTimes(
                                measured.count(),
                                Duration.ofNanos(measured.total()),
                                Duration.ofNanos(measured.quantile(0.5)),
                                Duration.ofNanos(measured.quantile(0.99)),
                                Duration.ofNanos(measured.max()))));
        return times;
    }

    private void requireOpen() {
        if (closed.getAsBoolean()) {
            throw new InfrastructureException(
                    CacheErrorCode.CLOSED,
                    "The cache service was closed. Open one service for the life of the application and close it last.",
                    Map.of("region", config().name()));
        }
    }
}
