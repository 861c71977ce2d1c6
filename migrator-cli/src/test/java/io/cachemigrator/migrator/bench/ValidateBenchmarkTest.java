package io.cachemigrator.migrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.JournalUrl;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.cachemigrator.migrator.verify.ComparisonResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The comparison of every entry beside the copy of them, between the same two servers, in turn in one process, after a round of
 * each that does not count. Run with the profile {@code bench}.
 */
@Tag("bench")
@Tag("CLI-9")
class ValidateBenchmarkTest {
    private static final long KEYS = Long.getLong("bench.keys", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int THREADS = Integer.getInteger("bench.threads", 2);

    @TempDir
    Path folder;

    @Test
    @DisplayName("a full comparison takes at most 0.6 times as long as the copy")
    void validate_besideCopy_takesAtMostSixTenthsOfItsTime() {
        try (TestRedis source = TestRedis.start();
                TestRedis target = TestRedis.start();
                Jedis from = source.connect();
                Jedis to = target.connect()) {
            long keys = LegacySample.loadMany(from, KEYS);
            DataMover mover = new DataMover(
                    StoreUri.parse("--legacy", source.uri(), folder),
                    StoreUri.parse("--target", target.uri(), folder),
                    new MapSet(List.copyOf(MigrationMaps.builtIn().values()), Map.of()),
                    new Cancellation());
            List<Double> ratios = new ArrayList<>();
            for (int round = -1; round < ROUNDS; round++) {
                to.flushAll();
                int number = round;
                double copy = seconds(() -> copy(mover, keys, number));
                double full = seconds(() -> compare(mover, keys, false));
                double digest = seconds(() -> compare(mover, keys, true));
                System.out.printf(
                        "round %d: copy %.2f s, full %.2f s (%.2f), digest %.2f s (%.2f)%n",
                        round + 1, copy, full, full / copy, digest, digest / copy);
                if (round >= 0) {
                    ratios.add(full / copy);
                }
            }
            ratios.sort(null);
            double median = ratios.get(ratios.size() / 2);
            System.out.printf("%,d keys, %d threads, median %.2f%n", keys, THREADS, median);
            assertThat(median).isLessThanOrEqualTo(0.6);
        }
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void compare(DataMover mover, long keys, boolean digest) {
        ComparisonResult result = mover.compare(new DataMover.CompareRequest(0, digest, false, null), state -> {});
        assertThat(result.differences()).isEmpty();
        assertThat(result.equal()).isEqualTo(keys);
    }

    private void copy(DataMover mover, long keys, int round) {
        String runId = "bench-" + round;
        try (JournalDatabase database = JournalDatabase.open(JournalUrl.file(folder.resolve("journal.db")));
                RunLock lock = RunLock.acquire(database, "bench", "bench")) {
            RunJournal journal = new RunJournal(database);
            journal.startRun(
                    new RunRecord(runId, "bench", "", "", "{}", RunState.RUNNING, null, "{}", Instant.now(), null),
                    List.of());
            assertThat(mover.copy(
                                    new DataMover.CopyRequest(
                                            runId, THREADS, 0, keys, true, journal.participants("bench")),
                                    journal,
                                    new ContentStore(folder.resolve("backup")),
                                    lock,
                                    line -> {})
                            .written())
                    .isEqualTo(keys);
        }
    }
}
