package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Looks again at what differed at first, so that what is being written, handed over by a mirror or expiring is no difference.
 * An entry differs when it does at every one of several looks, {@linkplain #PATIENT within 2.4 s}, and the target has not changed in between:
 * where it has, somebody hands over, and looks begin anew, up to so many times. Used by one thread.
 */
final class Settling {
    /** For a verdict that nobody looks at again. The pauses differ, so that they keep no step with a writer. */
    static final List<Duration> PATIENT =
            List.of(Duration.ofMillis(70), Duration.ofMillis(330), Duration.ofMillis(700), Duration.ofMillis(1_300));

    /** Once more at once: what differs is copied again anyhow. */
    static final List<Duration> BRIEF = List.of(Duration.ZERO);

    private static final int MOST_TIMES = 5;
    private static final int BATCH = 500;

    private final List<Duration> pauses;
    private final BatchComparison worker;
    private final ComparisonTally tally;
    private final Cancellation cancellation;

    Settling(List<Duration> pauses, BatchComparison worker, ComparisonTally tally, Cancellation cancellation) {
        this.pauses = pauses;
        this.worker = worker;
        this.tally = tally;
        this.cancellation = cancellation;
    }

    /** Settles entries that differed, and counts what they are. */
    void settle(List<BatchComparison.Suspect> suspects) {
        List<BatchComparison.Suspect> open = suspects;
        for (int time = 0; time < MOST_TIMES && !open.isEmpty(); time++) {
            open = looks(open);
        }
        open.forEach(suspect -> tally.moving());
    }

    /** All looks once; what has changed in the target meanwhile is returned. */
    private List<BatchComparison.Suspect> looks(List<BatchComparison.Suspect> suspects) {
        Map<CopyTarget.Place, BatchComparison.Suspect> still = new LinkedHashMap<>();
        suspects.forEach(suspect -> still.put(suspect.place(), suspect));
        Map<CopyTarget.Place, BatchComparison.Suspect> changed = new LinkedHashMap<>();
        for (Duration pause : pauses) {
            if (still.isEmpty()) {
                break;
            }
            pause(pause);
            Map<CopyTarget.Place, BatchComparison.Suspect> before = Map.copyOf(still);
            still.clear();
            for (BatchComparison.Suspect now : lookAgain(List.copyOf(before.values()))) {
                BatchComparison.Suspect then = before.get(now.place());
                if (now.isSettled()) {
                    settled(now);
                } else if (then == null || Objects.equals(then.there(), now.there())) {
                    still.put(now.place(), now);
                } else {
                    changed.put(now.place(), now);
                }
            }
        }
        still.values()
                .forEach(
                        suspect -> tally.difference(suspect.legacyKey(), Objects.requireNonNull(suspect.difference())));
        return new ArrayList<>(changed.values());
    }

    private void settled(BatchComparison.Suspect suspect) {
        ComparisonTally.PageCounts counts = new ComparisonTally.PageCounts();
        BatchComparison.count(suspect, counts);
        tally.add(counts);
    }

    private List<BatchComparison.Suspect> lookAgain(List<BatchComparison.Suspect> suspects) {
        List<BatchComparison.Suspect> now = new ArrayList<>();
        for (int from = 0; from < suspects.size(); from += BATCH) {
            now.addAll(worker.lookAgain(suspects.subList(from, Math.min(suspects.size(), from + BATCH)).stream()
                    .map(BatchComparison.Suspect::legacyKey)
                    .toList()));
        }
        return now;
    }

    /** Settles copies that seemed to have no legacy entry: those that have none at any look, and stay what they are, have none. */
    void settleExtra(List<CopyTarget.Copy> orphans) {
        Map<CopyTarget.Place, Envelope> still = orphans.stream()
                .collect(Collectors.toMap(CopyTarget.Copy::place, CopyTarget.Copy::envelope, (one, other) -> other));
        for (Duration pause : pauses) {
            if (still.isEmpty()) {
                return;
            }
            pause(pause);
            List<CopyTarget.Place> places = List.copyOf(still.keySet());
            List<CopyTarget.Copy> now = new ArrayList<>();
            for (int from = 0; from < places.size(); from += BATCH) {
                now.addAll(worker.orphans(places.subList(from, Math.min(places.size(), from + BATCH))));
            }
            Map<CopyTarget.Place, Envelope> before = Map.copyOf(still);
            still.clear();
            now.stream()
                    .filter(copy -> copy.envelope().equals(before.get(copy.place())))
                    .forEach(copy -> still.put(copy.place(), copy.envelope()));
        }
        still.forEach((place, envelope) -> tally.extra(new CopyTarget.Copy(place, envelope), worker.nowMillis()));
    }

    private void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        do {
            cancellation.check();
            long left = end - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(Math.min(left, Duration.ofMillis(100).toNanos()));
            }
        } while (System.nanoTime() < end);
    }
}
