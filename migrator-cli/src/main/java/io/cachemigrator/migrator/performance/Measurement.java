package io.cachemigrator.migrator.performance;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.verify.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs a workload on one path, or on two that take turns. */
final class Measurement {
    private static final int WARM_UP = 25;
    private static final int LEAST_ROUNDS = 20;
    private static final int MOST_ROUNDS = 200;
    private static final double SPREAD = 0.03;
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private final Workload workload;
    private final Cancellation cancellation;

    Measurement(Workload workload, Cancellation cancellation) {
        this.workload = workload;
        this.cancellation = cancellation;
    }

    /**
     * One path alone.
     *
     * @param clients how many connections the store counts now
     */
    Figures alone(Supplier<CachePath> open, LongSupplier clients) {
        long before = clients.getAsLong();
        try (CachePath path = open.get()) {
            warmUp(path);
            Tally tally = new Tally();
            for (int round = 0; round < LEAST_ROUNDS; round++) {
                cancellation.check();
                workload.run(round, path, tally);
            }
            return tally.figures(Math.max(0, clients.getAsLong() - before));
        }
    }

    /**
     * Two paths.
     *
     * @param ratio how fast the second is beside the first
     */
    record Pair(Figures first, Figures second, Ratio ratio) {}

    /** Two paths, which take turns for 20 to 200 rounds: until the ratio is known to 3 %, or 10 s have passed. */
    Pair interleaved(
            Supplier<CachePath> first,
            LongSupplier firstClients,
            Supplier<CachePath> second,
            LongSupplier secondClients) {
        long before = firstClients.getAsLong();
        try (CachePath one = first.get()) {
            warmUp(one);
            long oneClients = Math.max(0, firstClients.getAsLong() - before);
            long between = secondClients.getAsLong();
            try (CachePath other = second.get()) {
                warmUp(other);
                long otherClients = Math.max(0, secondClients.getAsLong() - between);
                return rounds(one, oneClients, other, otherClients);
            }
        }
    }

    private Pair rounds(CachePath one, long oneClients, CachePath other, long otherClients) {
        Tally ones = new Tally();
        Tally others = new Tally();
        List<Double> ratios = new ArrayList<>();
        long begun = System.nanoTime();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            cancellation.check();
            boolean oneFirst = round % 2 == 0;
            long took = oneFirst ? workload.run(round, one, ones) : workload.run(round, other, others);
            long then = oneFirst ? workload.run(round, other, others) : workload.run(round, one, ones);
            ratios.add(oneFirst ? took / (double) then : then / (double) took);
            boolean enough = System.nanoTime() - begun > ENOUGH.toNanos();
            if (ratios.size() >= LEAST_ROUNDS && (enough || Ratio.of(ratios).spread() < SPREAD)) {
                break;
            }
        }
        return new Pair(ones.figures(oneClients), others.figures(otherClients), Ratio.of(ratios));
    }

    private void warmUp(CachePath path) {
        workload.prepare(path);
        for (int round = 0; round < WARM_UP; round++) {
            cancellation.check();
            workload.run(-1 - round, path, new Tally());
        }
    }
}
