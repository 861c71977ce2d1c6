package io.cachemigrator.migrator.data;

import java.time.Duration;
import java.util.Locale;

/**
 * Whether the source answers more slowly than when the copy began: the moving average of what reading a key takes, against that
 * of the first seconds. Thread safe.
 */
final class SourceLatency {
    private static final Duration BASELINE = Duration.ofSeconds(3);
    private static final double WEIGHT = 0.2;
    private static final double STRAINED = 5;
    private static final double RELIEVED = 2;
    private static final long LEAST_BATCH_NANOS = Duration.ofMillis(20).toNanos();

    private final long began;
    private double baseline;
    private double perKey;
    private double perBatch;
    private boolean strained;

    SourceLatency(long nanoTime) {
        this.began = nanoTime;
    }

    /** Notes that reading so many keys took so long. */
    synchronized void read(int keys, long nanos, long nanoTime) {
        if (keys == 0) {
            return;
        }
        double one = nanos / (double) keys;
        perKey = perKey == 0 ? one : perKey + WEIGHT * (one - perKey);
        perBatch = perBatch == 0 ? nanos : perBatch + WEIGHT * (nanos - perBatch);
        if (nanoTime - began < BASELINE.toNanos() || baseline == 0) {
            baseline = perKey;
        }
        double times = perKey / baseline;
        strained = perBatch > LEAST_BATCH_NANOS && times > (strained ? RELIEVED : STRAINED);
    }

    /** Why the source is to be spared; empty when there is no reason. */
    synchronized String strain() {
        return strained
                ? String.format(
                        Locale.ROOT,
                        "the source answers %.1f times as slowly as at first, %.0f ms a batch",
                        perKey / baseline,
                        perBatch / 1e6)
                : "";
    }
}
