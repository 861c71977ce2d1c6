package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.legacy.LegacyReader;
import java.time.Duration;

/** How the clocks of both stores differ, asked again from time to time. Used by one thread at a time. */
final class Clocks {
    private static final Duration VALID = Duration.ofSeconds(10);
    /** Below this, clocks are taken for equal: it is what asking them takes, not what they differ by. */
    private static final long SAME_MS = 100;

    private final LegacyReader source;
    private final CopyTarget target;
    private long asked;
    private long offsetMillis;

    Clocks(LegacyReader source, CopyTarget target) {
        this.source = source;
        this.target = target;
        ask();
    }

    /** The target is asked first and the source last, so that times are rather taken for too early than for too late. */
    private void ask() {
        long there = target.nowMillis();
        offsetMillis = there - (source.nowMillis() + 1);
        asked = System.nanoTime();
    }

    /** A time of the source by the target's clock, in microseconds; too early by what asking took, and never too late. */
    long atTarget(long sourceMicros) {
        if (System.nanoTime() - asked > VALID.toNanos()) {
            ask();
        }
        return sourceMicros + offsetMillis * 1_000;
    }

    /** What to add to a deadline by the source's clock. */
    long deadlineOffsetMillis() {
        return Math.abs(offsetMillis) < SAME_MS ? 0 : offsetMillis;
    }
}
