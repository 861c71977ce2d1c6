package io.cachemigrator.migrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
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
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
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
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The copy with conditional writes, read-back and checkpoints beside a bare pipelined SCAN, GET, SET loop over the same
 * keys between the same two servers, in turn in one process, after a round of each that does not count. Run with the profile {@code bench}.
 */
@Tag("bench")
@Tag("VAL-2")
class CopyBenchmarkTest {
    private static final long KEYS = Long.getLong("bench.keys", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    @TempDir
    Path folder;

    @Test
    @DisplayName("a verified copy runs at half the speed of a bare loop, or faster")
    void copy_besideBareLoop_reachesHalfItsSpeed() {
        try (TestRedis source = TestRedis.start();
                TestRedis target = TestRedis.start();
                Jedis from = source.connect();
                Jedis to = target.connect()) {
            long keys = LegacySample.loadMany(from, KEYS);
            List<Double> ratios = new ArrayList<>();
            bareLoop(from, to);
            to.flushAll();
            verifiedCopy(source, target, keys, -1);
            for (int round = 0; round < ROUNDS; round++) {
                to.flushAll();
                double bare = keys / seconds(() -> bareLoop(from, to));
                to.flushAll();
                int number = round;
                double verified = keys / seconds(() -> verifiedCopy(source, target, keys, number));
                ratios.add(verified / bare);
                System.out.printf(
                        "round %d: bare loop %,.0f keys/s, verified copy %,.0f keys/s, ratio %.2f%n",
                        round + 1, bare, verified, verified / bare);
            }
            ratios.sort(null);
            double median = ratios.get(ratios.size() / 2);
            System.out.printf(
                    "%,d keys, heap limit %,d MB, median ratio %.2f%n",
                    keys, Runtime.getRuntime().maxMemory() >> 20, median);
            assertThat(median).isGreaterThanOrEqualTo(0.5);
        }
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void bareLoop(Jedis from, Jedis to) {
        ScanParams params = new ScanParams().count(500);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<byte[]> page = from.scan(cursor.getBytes(StandardCharsets.US_ASCII), params);
            Pipeline reads = from.pipelined();
            List<Response<byte[]>> values =
                    page.getResult().stream().map(reads::get).toList();
            reads.sync();
            Pipeline writes = to.pipelined();
            for (int i = 0; i < values.size(); i++) {
                writes.set(page.getResult().get(i), values.get(i).get());
            }
            writes.sync();
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    private void verifiedCopy(TestRedis source, TestRedis target, long keys, int round) {
        String runId = "bench-" + round;
        try (JournalDatabase database = JournalDatabase.open(JournalUrl.file(folder.resolve("journal.db")));
                RunLock lock = RunLock.acquire(database, "bench", "bench")) {
            RunJournal journal = new RunJournal(database);
            journal.startRun(
                    new RunRecord(
                            runId, "bench", target.uri(), "", "{}", RunState.RUNNING, null, "{}", Instant.now(), null),
                    List.of());
            DataMover mover = new DataMover(
                    StoreUri.parse("--legacy", source.uri(), folder),
                    StoreUri.parse("--target", target.uri(), folder),
                    new MapSet(List.copyOf(MigrationMaps.builtIn().values()), Map.of()),
                    new Cancellation("migrator migrate --resume"));
            CopyCounts counts = mover.copy(
                    new DataMover.CopyRequest(
                            runId,
                            Integer.getInteger("bench.threads", 2),
                            0,
                            keys,
                            true,
                            journal.participants("bench")),
                    journal,
                    new ContentStore(folder.resolve("backup")),
                    lock,
                    line -> {});
            assertThat(counts.written()).isEqualTo(keys);
        }
    }
}
