package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.PayloadSeal;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.loading.FailurePauses;
import io.cachemigrator.cache.loading.Flights;
import io.cachemigrator.cache.loading.Lease;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A region as all its views share it. */
final class OpenRegion {
    private final RegionStore store;
    private final RegionWrites writes;
    private final @Nullable MemoryTier memory;
    private final Flights<Loaded> flights;
    private final FailurePauses pauses;
    private final ServiceThreads threads;
    private final BooleanSupplier closed;
    private volatile boolean retired;

    /**
     * Over an authoritative tier.
     *
     * @param before the region as it was until its configuration changed, whose counts and loads go on; null = it is new
     * @param memory the tier that keeps copies in front of it; null = none
     * @param ticker nanoseconds
     */
    OpenRegion(
            @Nullable OpenRegion before,
            RegionConfig config,
            Tier authority,
            @Nullable MemoryTier memory,
            PayloadSeal seal,
            boolean failOnConnectionError,
            ServiceThreads threads,
            LongSupplier ticker,
            BooleanSupplier closed) {
        this.memory = memory;
        @Nullable NearCopies near = memory == null ? null : memory.copiesOf(config, authority::nowMillis);
        @Nullable MemoryEntries entries = authority instanceof MemoryTier own ? own.entriesOf(config) : near;
        RegionCounters counters = before == null ? new RegionCounters() : before.counters();
        this.store = new RegionStore(config, authority, entries, near, seal, counters, failOnConnectionError);
        this.flights = before == null ? new Flights<>() : before.flights;
        this.writes = new RegionWrites(store);
        this.threads = threads;
        this.pauses = before == null ? new FailurePauses(ticker) : before.pauses;
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

    /** As {@link #writes}, also while the service is being closed. */
    RegionWrites changes() {
        return writes;
    }

    /** Whether a tier is this region's authority. */
    boolean isOver(Tier tier) {
        return store.authority.equals(tier);
    }

    RegionCounters counters() {
        return store.counters;
    }

    Flights<Loaded> flights() {
        return flights;
    }

    /** For which ids the loader is not to be asked for a while. */
    FailurePauses pauses() {
        return pauses;
    }

    ServiceThreads threads() {
        return threads;
    }

    /** For operations that end by themselves. */
    Executor executor() {
        requireOpen();
        return threads.operations();
    }

    /** How payloads are stored. */
    PayloadSeal seal() {
        return store.seal;
    }

    /** The clock of deadlines. */
    long nowMillis() {
        return store.authority.nowMillis();
    }

    /** The right to load an id, not acquired yet. */
    Lease lease(String id, boolean acrossProcesses) {
        boolean asked = acrossProcesses && !(store.authority instanceof MemoryTier);
        return new Lease(store.authority, config(), id, threads.owner(), threads.timer(), asked);
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

    /** Whether memory holds copies in front of the authority. */
    boolean keepsCopies() {
        return memory != null;
    }

    /** Whether another has taken its place, which views go on with. */
    boolean isRetired() {
        return retired;
    }

    /** Another has taken its place. */
    void retire() {
        retired = true;
    }

    boolean isClosed() {
        return closed.getAsBoolean();
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new InfrastructureException(
                    CacheErrorCode.CLOSED,
                    "The cache service was closed. Open one service for the life of the application and close it last.",
                    Map.of("region", config().name()));
        }
    }
}
