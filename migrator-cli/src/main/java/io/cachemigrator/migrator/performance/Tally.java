package io.cachemigrator.migrator.performance;

import io.cachemigrator.migrator.performance.CachePath.Result;
import io.cachemigrator.migrator.verify.Figures;
import java.util.Arrays;

/** What the rounds of one path took. Not thread safe. */
final class Tally {
    private long[] reads = new long[1_024];
    private long[] writes = new long[1_024];
    private int readCount;
    private int writeCount;
    private long found;
    private long errors;
    private long operations;
    private long nanos;

    void read(long took, Result result) {
        if (readCount == reads.length) {
            reads = Arrays.copyOf(reads, 2 * readCount);
        }
        reads[readCount++] = took;
        found += result == Result.DONE ? 1 : 0;
        errors += result == Result.FAILED ? 1 : 0;
    }

    void write(long took, Result result) {
        if (writeCount == writes.length) {
            writes = Arrays.copyOf(writes, 2 * writeCount);
        }
        writes[writeCount++] = took;
        errors += result == Result.DONE ? 0 : 1;
    }

    void round(int calls, long took) {
        operations += calls;
        nanos += took;
    }

    Figures figures(long connections) {
        return new Figures(
                operations * 1e9 / Math.max(1, nanos),
                micros(reads, readCount, 0.5),
                micros(reads, readCount, 0.99),
                micros(writes, writeCount, 0.5),
                readCount == 0 ? 0 : found / (double) readCount,
                errors,
                connections);
    }

    private static double micros(long[] nanos, int count, double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (count * share))] / 1_000.0;
    }
}
