package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CacheStatistics;
import io.cachemigrator.cache.OperationTimes;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.RegionStatistics.TierStatistics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches thresholds and tells listeners: once when one is exceeded, once when it no longer is. Rates are those of the time
 * since the last look, so an old trouble does not hide a new one. Thread safe.
 *
 * <pre>{@code
 * CacheMonitor monitor = new CacheMonitor(service, List.of(Threshold.hitRate(0.7), Threshold.operationTime(Duration.ofMillis(20))));
 * monitor.onAlert(alert -> pager.send(alert.message()));
 * monitor.start(Duration.ofSeconds(30));
 * }</pre>
 */
public final class CacheMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheMonitor.class);

    private final CacheService service;
    private final List<Threshold> thresholds;
    private final Clock clock;
    private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Watched, Alert> raised = new ConcurrentHashMap<>();
    private @Nullable CacheStatistics before;
    private @Nullable ScheduledExecutorService timer;

    /** Over a service, which stays open as long as its owner wants. */
    public CacheMonitor(CacheService service, List<Threshold> thresholds) {
        this.service = service;
        this.thresholds = List.copyOf(thresholds);
        this.clock = service.config().clock();
    }

    /** Adds a listener; one that throws does not keep others from hearing. */
    public void onAlert(Consumer<Alert> listener) {
        listeners.add(listener);
    }

    /**
     * Looks every so often, until this is closed.
     *
     * @param interval at least a millisecond
     * @throws IllegalStateException if it was started before
     */
    public synchronized void start(Duration interval) {
        if (timer != null) {
            throw new IllegalStateException("The monitor was started before. Start one monitor once.");
        }
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cache-monitor");
            thread.setDaemon(true);
            return thread;
        });
        long millis = Math.max(1, interval.toMillis());
        // a look that fails is logged by itself, so that the next one comes
        var unused = timer.scheduleWithFixedDelay(this::lookSafely, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.warn("The cache could not be looked at; the next look is tried.", failure);
        }
    }

    /** Looks now, and gives the changes it has told the listeners of. */
    public synchronized List<Alert> look() {
        CacheStatistics now = service.statistics();
        CacheStatistics last = before;
        before = now;
        List<Alert> changes = new ArrayList<>();
        now.regions().forEach((name, region) -> {
            @Nullable
            RegionStatistics earlier = last == null ? null : last.regions().get(name);
            for (Threshold threshold : thresholds) {
                measured(threshold, region, earlier)
                        .forEach(each -> judge(threshold, name, each).ifPresent(changes::add));
            }
        });
        changes.forEach(this::tell);
        return changes;
    }

    /** The alerts that are raised now. */
    public List<Alert> raised() {
        return List.copyOf(raised.values());
    }

    private record Watched(String region, String tier, Threshold threshold) {}

    private record Measured(String tier, double value, long sample) {}

    private static List<Measured> measured(
            Threshold threshold, RegionStatistics now, @Nullable RegionStatistics before) {
        return switch (threshold.metric()) {
            case HIT_RATE -> {
                long hits = now.hits() - (before == null ? 0 : before.hits());
                long all = hits + now.misses() - (before == null ? 0 : before.misses());
                yield rate(hits, all);
            }
            case UNAVAILABLE_RATE -> {
                long failed = now.unavailable() - (before == null ? 0 : before.unavailable());
                long answered = now.hits() + now.misses() - (before == null ? 0 : before.hits() + before.misses());
                yield rate(failed, failed + answered);
            }
            case LOAD_FAILURE_RATE -> {
                long failed = now.loadFailures() - (before == null ? 0 : before.loadFailures());
                yield rate(failed, failed + now.loads() - (before == null ? 0 : before.loads()));
            }
            case MEMORY_BYTES -> {
                @Nullable TierStatistics memory = now.tiers().get("memory");
                yield memory == null ? List.of() : List.of(new Measured("memory", memory.bytes(), memory.entries()));
            }
            case OPERATION_TIME -> slowest(now);
        };
    }

    private static List<Measured> rate(long part, long all) {
        return List.of(new Measured("", all == 0 ? 0 : (double) part / all, all));
    }

    private static List<Measured> slowest(RegionStatistics now) {
        List<Measured> measured = new ArrayList<>();
        now.tiers().forEach((tier, statistics) -> {
            double slowest = 0;
            long count = 0;
            for (OperationTimes times : statistics.times().values()) {
                slowest = Math.max(slowest, times.p99().toNanos() / 1e6);
                count += times.count();
            }
            measured.add(new Measured(tier, slowest, count));
        });
        return measured;
    }

    private Optional<Alert> judge(Threshold threshold, String region, Measured measured) {
        if (measured.sample()
                < Math.max(threshold.leastSample(), threshold.metric() == Threshold.Metric.MEMORY_BYTES ? 0 : 1)) {
            return Optional.empty();
        }
        Watched watched = new Watched(region, measured.tier(), threshold);
        boolean exceeded = threshold.isExceededBy(measured.value());
        if (exceeded == raised.containsKey(watched)) {
            return Optional.empty();
        }
        Alert alert = new Alert(region, measured.tier(), threshold, measured.value(), exceeded, clock.instant());
        if (exceeded) {
            raised.put(watched, alert);
        } else {
            raised.remove(watched);
        }
        return Optional.of(alert);
    }

    private void tell(Alert alert) {
        for (Consumer<Alert> listener : listeners) {
            try {
                listener.accept(alert);
            } catch (RuntimeException failure) {
                LOG.warn("A listener could not take an alert.", failure);
            }
        }
    }

    /** Looks no more. */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
