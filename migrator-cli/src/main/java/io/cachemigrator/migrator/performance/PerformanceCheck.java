package io.cachemigrator.migrator.performance;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.verify.Figures;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Measures the legacy path before a migration, and both paths in turns after it. Reads entries of the application, and writes
 * only entries of its own, which it removes.
 */
public final class PerformanceCheck {
    private static final int SAMPLE = 1_000;
    private static final double LEAST_RATIO = 0.9;
    private static final double HIT_RATE_TOLERANCE = 0.01;

    private final Stores stores;
    private final Workload workload;
    private final Measurement measurement;
    private final String own = "cm-perf-" + UUID.randomUUID();

    /**
     * Both sides.
     *
     * @param legacy where the legacy layout is
     * @param target where the consolidated one is
     * @param legacyRedis how a caller reaches the legacy layout
     * @param service how a caller opens the consolidated service, by the prefix of its keys
     */
    public record Stores(
            StoreUri legacy,
            StoreUri target,
            RedisConfig legacyRedis,
            java.util.function.Function<String, CacheConfig> service) {}

    /** With a sample of the application's keys. */
    public PerformanceCheck(Stores stores, DataMover mover, Cancellation cancellation) {
        this.stores = stores;
        String namespace = KeyRoutes.SERVICES_NAMESPACE + ":";
        this.workload = new Workload(mover.sampleKeys(SAMPLE).stream()
                .filter(key -> key.startsWith(namespace))
                .map(key -> key.substring(namespace.length()))
                .toList());
        this.measurement = new Measurement(workload, cancellation);
    }

    /** Measures the legacy path and writes the file. */
    public Baseline record(Path file, Clock clock) {
        try {
            Figures legacy = measurement.alone(this::legacyPath, this::legacyClients);
            Baseline baseline = Baseline.of(clock.instant(), workload.keys(), legacy);
            baseline.write(file);
            return baseline;
        } finally {
            removeOwn();
        }
    }

    /** Measures both paths in turns, and judges. */
    public Verdict compare(Path file) {
        Baseline baseline = Baseline.read(file);
        String prefix = DataMover.KEY_PREFIX + "!" + own + ":";
        try {
            Measurement.Pair pair = measurement.interleaved(
                    this::legacyPath,
                    this::legacyClients,
                    () -> ServicesPaths.service(
                            stores.service().apply(DataMover.KEY_PREFIX),
                            stores.service().apply(prefix)),
                    () -> DataMover.clients(stores.target()));
            return new Verdict(
                    file.toString(), baseline, pair.first(), pair.second(), pair.ratio(), worse(baseline, pair));
        } finally {
            removeOwn();
            DataMover.removeKeys(stores.target(), prefix);
        }
    }

    private static List<String> worse(Baseline baseline, Measurement.Pair pair) {
        List<String> worse = new ArrayList<>();
        if (!baseline.matchesThisMachine()) {
            worse.add("the baseline was recorded on another machine: " + baseline.machine());
        }
        if (pair.ratio().mean() < LEAST_RATIO) {
            worse.add(String.format(
                    java.util.Locale.ROOT,
                    "speed is %.2f of the legacy path's, asked is 0.90",
                    pair.ratio().mean()));
        }
        double expected = Math.min(baseline.legacy().hitRate(), pair.first().hitRate());
        if (pair.second().hitRate() < expected - HIT_RATE_TOLERANCE) {
            worse.add(String.format(
                    java.util.Locale.ROOT,
                    "%.1f %% of the reads hit, %.1f %% did on the legacy path",
                    100 * pair.second().hitRate(),
                    100 * expected));
        }
        if (pair.second().errors()
                > Math.max(baseline.legacy().errors(), pair.first().errors())) {
            worse.add(pair.second().errors() + " calls failed, " + pair.first().errors() + " did on the legacy path");
        }
        return worse;
    }

    private CachePath legacyPath() {
        return ServicesPaths.legacy(stores.legacyRedis(), own);
    }

    private long legacyClients() {
        return DataMover.clients(stores.legacy());
    }

    private void removeOwn() {
        DataMover.removeKeys(stores.legacy(), own + ":");
    }

    /**
     * What the comparison gave.
     *
     * @param file the baseline's file
     * @param baseline as it was recorded
     * @param legacy the legacy path now
     * @param service the consolidated service now
     * @param ratio speed of the service beside the legacy path, in turns
     * @param worse what is worse than it may be; empty = nothing
     */
    public record Verdict(
            String file, Baseline baseline, Figures legacy, Figures service, Ratio ratio, List<String> worse) {
        /** Copies. */
        public Verdict {
            worse = List.copyOf(worse);
        }
    }
}
