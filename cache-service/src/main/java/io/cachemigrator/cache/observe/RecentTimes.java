package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.observe.PerformanceSnapshot.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** How long the last operations of a kind took: a thousand at most, none older than a time. Guarded by its owner. */
final class RecentTimes {
    private static final int MOST = 1_000;

    private final Duration retention;
    private final Deque<Taken> taken = new ArrayDeque<>();

    RecentTimes(Duration retention) {
        this.retention = retention;
    }

    void add(Instant at, Duration took) {
        taken.addLast(new Taken(at, took.toNanos()));
        if (taken.size() > MOST) {
            taken.removeFirst();
        }
    }

    Times times(Instant now, Duration limit) {
        long[] nanos = nanos(now);
        long slow = Arrays.stream(nanos).filter(each -> each > limit.toNanos()).count();
        long sum = Arrays.stream(nanos).sum();
        return new Times(
                nanos.length,
                Duration.ofNanos(nanos.length == 0 ? 0 : sum / nanos.length),
                Duration.ofNanos(Arrays.stream(nanos).max().orElse(0)),
                slow);
    }

    /** None where even the fastest took no time that can be measured. */
    int outliers(Instant now, double multiplier) {
        long[] sorted = nanos(now);
        Arrays.sort(sorted);
        int fast = (int) Math.ceil(sorted.length * 0.8);
        double baseline = Arrays.stream(sorted, 0, fast).average().orElse(0);
        return baseline == 0
                ? 0
                : (int) Arrays.stream(sorted)
                        .filter(each -> each >= baseline * multiplier)
                        .count();
    }

    private long[] nanos(Instant now) {
        Instant oldest = now.minus(retention);
        while (!taken.isEmpty() && taken.getFirst().at().isBefore(oldest)) {
            taken.removeFirst();
        }
        return taken.stream().mapToLong(Taken::nanos).toArray();
    }

    private record Taken(Instant at, long nanos) {}
}
