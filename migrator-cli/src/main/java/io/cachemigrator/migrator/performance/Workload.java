package io.cachemigrator.migrator.performance;

import io.cachemigrator.migrator.performance.CachePath.Result;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rounds of reads and writes: four reads to a write, of legacy keys where there are some, else of entries written before.
 * The same numbered round is the same calls on every path.
 */
final class Workload {
    private static final int OPERATIONS = 100;
    private static final int OWN_KEYS = 100;
    private static final int WRITE_EVERY = 5;

    private final List<String> keys;

    Workload(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    int keys() {
        return keys.size();
    }

    /** Writes the entries that later rounds read. */
    void prepare(CachePath path) {
        for (int i = 0; i < OWN_KEYS; i++) {
            path.write("k" + i, value(i));
        }
    }

    /** Runs a round and notes what it took; returns its nanoseconds. */
    long run(int round, CachePath path, Tally tally) {
        Random random = new Random(round);
        long begun = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            int own = random.nextInt(OWN_KEYS);
            long start = System.nanoTime();
            if (i % WRITE_EVERY == 0) {
                Result result = path.write("k" + own, value(own));
                tally.write(System.nanoTime() - start, result);
            } else {
                Result result =
                        keys.isEmpty() ? path.readOwn("k" + own) : path.read(keys.get(random.nextInt(keys.size())));
                tally.read(System.nanoTime() - start, result);
            }
        }
        long took = System.nanoTime() - begun;
        tally.round(OPERATIONS, took);
        return took;
    }

    private static Map<String, Object> value(int number) {
        return Map.of("id", number, "name", "entry " + number, "text", "x".repeat(400));
    }
}
