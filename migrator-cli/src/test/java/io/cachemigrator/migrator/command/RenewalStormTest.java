package io.cachemigrator.migrator.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.CollectionMap;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Another client renews the time to live of every key, over and over, while all of them are copied. */
@Tag("CLI-6")
@Tag("CLI-7")
class RenewalStormTest {
    private static final int KEYS = 2_000;

    @TempDir
    Path folder;

    /** Renews until told to stop: each key gets another time to live each time. */
    private static final class Storm implements AutoCloseable {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final AtomicLong rounds = new AtomicLong();
        private final CountDownLatch under = new CountDownLatch(1);
        private final Thread thread;

        Storm(TestRedis server) {
            thread = new Thread(() -> {
                try (Jedis redis = server.connect()) {
                    while (!enough.get()) {
                        Pipeline pipeline = redis.pipelined();
                        for (int i = 0; i < KEYS; i++) {
                            pipeline.pexpire(key(i), 3_600_000 + 1_500 * (rounds.get() % 1_000) + i);
                        }
                        pipeline.sync();
                        rounds.incrementAndGet();
                        under.countDown();
                    }
                }
            });
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            enough.set(true);
            thread.join();
        }
    }

    private static String key(int number) {
        return "shop:" + number;
    }

    private static void load(Jedis legacy) {
        Pipeline pipeline = legacy.pipelined();
        for (int i = 0; i < KEYS; i++) {
            if (i % 5 == 0) {
                pipeline.hset(key(i), Map.of("n", String.valueOf(i)));
            } else {
                pipeline.set(key(i), "{\"n\": " + i + "}");
            }
            pipeline.expire(key(i), 3_600);
        }
        pipeline.sync();
    }

    private static boolean knowsDeadlines(Jedis redis) {
        String version = redis.info("server").replaceAll("(?s).*redis_version:(\\d+).*", "$1");
        return Integer.parseInt(version) >= 7;
    }

    @Test
    void everyKeyRenewedDuringTheCopy_noneIsLost_noneIsImmortal_allExpireOnTime() throws Exception {
        TestProject project = CollectionMap.in(TestProject.atRest(folder.resolve("project")));
        try (TestRedis server = TestRedis.start();
                Jedis legacy = server.connect();
                Jedis target = server.connect()) {
            target.select(1);
            load(legacy);
            try (Storm storm = new Storm(server)) {
                storm.under.await();
                List<String> stores = List.of("--legacy", server.uri() + "/0", "--target", server.uri() + "/1");
                try (CliProcess process = CliProcess.start(
                        project.root(),
                        "migrate",
                        "--yes",
                        "--rate",
                        "1500",
                        stores.get(0),
                        stores.get(1),
                        stores.get(2),
                        stores.get(3))) {
                    // the first comparison finds what the storm has renewed, and begins to carry it over
                    process.await("  verify: pass 1: ");
                    long rounds = storm.rounds.get();
                    storm.close();
                    assertThat(process.exitCode()).as(process.err()).isZero();
                    assertThat(rounds).isGreaterThan(3);
                }
            }
            Map<String, TargetEntries.Stored> copies = TargetEntries.of(target);
            assertThat(copies).hasSize(KEYS);
            boolean exact = knowsDeadlines(legacy);
            for (int i = 0; i < KEYS; i++) {
                TargetEntries.Stored copy = copies.get("cs:things:" + i);
                long deadline =
                        exact ? legacy.pexpireTime(key(i)) : TargetEntries.deadline(legacy, key(i).getBytes(UTF_8));
                assertThat(copy).as(key(i)).isNotNull();
                assertThat(copy.serverDeadlineMillis()).as(key(i)).isNotEqualTo(-1);
                assertThat(copy.envelope().deadlineMillis())
                        .as(key(i))
                        // what is left is told a moment after the time that it is counted from
                        .isCloseTo(deadline, within(exact ? 1L : 1_100L));
            }
        }
    }
}
