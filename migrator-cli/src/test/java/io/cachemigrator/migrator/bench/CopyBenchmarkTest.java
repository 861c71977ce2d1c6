package io.cachemigrator.migrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.CopyCounts;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.JournalUrl;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.project.StoreUri;
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
 * The copy with conditional writes, read-back and checkpoints, and the comparison of all of it, beside a bare pipelined copy of
 * the same keys between the same two servers with as many threads, in turn in one process, after a round of each that does not
 * count. Run with the profile {@code bench}.
 */
@Tag("bench")
@Tag("VAL-2")
class CopyBenchmarkTest {
    private static final long KEYS = Long.getLong("bench.keys", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    /** Emptying a server of a million keys takes it more than a moment. */
    private static final int PATIENCE = 60_000;

    private static final int THREADS = Integer.getInteger("bench.threads", 2);

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "a verified copy has 0.8 times the speed of a bare one, and a comparison takes 0.6 times its time, at least")
    void copy_besideBareCopy_reachesEightTenthsOfItsSpeed() {
        try (TestRedis source = TestRedis.start();
                TestRedis target = TestRedis.start();
                Jedis from = source.connect();
                Jedis to = new Jedis("127.0.0.1", target.port(), PATIENCE)) {
            MixedKeys.load(from, KEYS);
            List<Double> bare = new ArrayList<>();
            List<Double> verified = new ArrayList<>();
            List<Double> compared = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                to.flushAll();
                ProcessorTime time = new ProcessorTime(from, to);
                double bareSeconds = seconds(() -> new BareCopy(source, target, THREADS).run());
                time.print("bare copy", KEYS);
                assertThat(to.dbSize()).isEqualTo(KEYS);
                to.flushAll();
                time = new ProcessorTime(from, to);
                double copySeconds = verifiedCopy(source, target, round);
                time.print("verified copy", KEYS);
                time = new ProcessorTime(from, to);
                double compareSeconds = seconds(() -> compare(source, target));
                time.print("comparison", KEYS);
                System.out.printf(
                        "round %d: bare copy %,.0f keys/s, verified copy %,.0f keys/s, ratio %.2f; comparison %,.0f keys/s,"
                                + " %.2f of the copy's time%n",
                        round,
                        KEYS / bareSeconds,
                        KEYS / copySeconds,
                        bareSeconds / copySeconds,
                        KEYS / compareSeconds,
                        compareSeconds / copySeconds);
                if (round > 0) {
                    bare.add(bareSeconds);
                    verified.add(copySeconds);
                    compared.add(compareSeconds);
                }
            }
            double ratio = median(bare) / median(verified);
            double comparison = median(compared) / median(verified);
            System.out.printf(
                    "%,d keys, %d threads, heap limit %,d MB: the copy's speed is %.2f of the bare copy's, the comparison takes %.2f"
                            + " of the copy's time%n",
                    KEYS, THREADS, Runtime.getRuntime().maxMemory() >> 20, ratio, comparison);
            assertThat(ratio).isGreaterThanOrEqualTo(0.8);
            assertThat(comparison).isLessThanOrEqualTo(0.6);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private DataMover mover(TestRedis source, TestRedis target) {
        return new DataMover(
                StoreUri.parse("--legacy", source.uri(), folder),
                StoreUri.parse("--target", target.uri(), folder),
                new MapSet(List.of(MixedKeys.MAP), Map.of()),
                new Cancellation("migrator migrate --resume"));
    }

    /** How long the copy takes, once the journal is open. */
    private double verifiedCopy(TestRedis source, TestRedis target, int round) {
        String runId = "bench-" + round;
        try (JournalDatabase database = JournalDatabase.open(JournalUrl.file(folder.resolve("journal.db")));
                RunLock lock = RunLock.acquire(database, "bench", "bench")) {
            RunJournal journal = new RunJournal(database);
            journal.startRun(
                    new RunRecord(
                            runId, "bench", target.uri(), "", "{}", RunState.RUNNING, null, "{}", Instant.now(), null),
                    List.of());
            DataMover mover = mover(source, target);
            DataMover.CopyRequest request =
                    new DataMover.CopyRequest(runId, THREADS, 0, KEYS, true, journal.participants("bench"));
            ContentStore backup = new ContentStore(folder.resolve("backup"));
            long begun = System.nanoTime();
            CopyCounts counts = mover.copy(request, journal, backup, lock, CopyBenchmarkTest::slowedDown);
            double seconds = (System.nanoTime() - begun) / 1e9;
            assertThat(counts.written()).isEqualTo(KEYS);
            return seconds;
        }
    }

    /** A copy that spares a store that answers slowly measures the machine's other work. */
    private static void slowedDown(String line) {
        if (line.contains("slowed down")) {
            System.out.println(line);
        }
    }

    private void compare(TestRedis source, TestRedis target) {
        ComparisonResult result = mover(source, target).compare(DataMover.CompareRequest.FULL, state -> {});
        assertThat(result.differenceCount()).isZero();
        assertThat(result.compared()).isEqualTo(KEYS);
    }
}
