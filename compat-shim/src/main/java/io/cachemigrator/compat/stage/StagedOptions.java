package io.cachemigrator.compat.stage;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How calls are routed. Immutable.
 *
 * @param mirror whether the consolidated stage also writes the legacy layout, which keeps it reversible
 * @param buckets which keys a canary takes
 * @param shadowPercent share of the reads, 0 to 100, that the shadow stage compares
 * @param shadowTimeout positive; a comparison that takes longer is reported as one that could not be made
 * @param report told of every comparison of the shadow stage, on a thread of its own
 */
public record StagedOptions(
        boolean mirror,
        StickyBuckets buckets,
        int shadowPercent,
        Duration shadowTimeout,
        Consumer<ShadowVerdict> report) {

    /** With a mirror, without a salt, a tenth of the reads compared, half a second for each. */
    public static final StagedOptions DEFAULTS =
            new StagedOptions(true, new StickyBuckets(""), 10, Duration.ofMillis(500), verdict -> {});

    /** Checks the ranges. */
    public StagedOptions {
        if (shadowPercent < 0 || shadowPercent > 100) {
            throw new IllegalArgumentException("The shadow stage compares 0 to 100 percent of the reads, and this is "
                    + shadowPercent + ". Correct the percentage.");
        }
        if (shadowTimeout.isNegative() || shadowTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "A comparison needs time, and this is " + shadowTimeout + ". Give it a positive duration.");
        }
    }

    /** A copy that mirrors, or does not. */
    public StagedOptions withMirror(boolean on) {
        return new StagedOptions(on, buckets, shadowPercent, shadowTimeout, report);
    }

    /** A copy with other buckets. */
    public StagedOptions withBuckets(StickyBuckets other) {
        return new StagedOptions(mirror, other, shadowPercent, shadowTimeout, report);
    }

    /** A copy that compares another share of the reads, and tells somebody of it. */
    public StagedOptions withShadow(int percent, Duration timeout, Consumer<ShadowVerdict> listener) {
        return new StagedOptions(mirror, buckets, percent, timeout, listener);
    }
}
