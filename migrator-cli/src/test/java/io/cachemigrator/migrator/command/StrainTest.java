package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.SlowEntrance;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** A copy that spares strained stores by itself, and says why. */
@Tag("CLI-11")
class StrainTest {
    private static final int KEYS = 6_000;
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis source;
    private TestRedis target;
    private Jedis there;

    @BeforeEach
    void start() {
        project = TestProject.atRest(folder.resolve("project"));
        source = TestRedis.start();
        target = TestRedis.start();
        there = target.connect();
        try (Jedis legacy = source.connect()) {
            Pipeline pipeline = legacy.pipelined();
            for (int i = 0; i < KEYS; i++) {
                pipeline.set("ngx:conv:" + i, "{\"n\": " + i + "}");
            }
            pipeline.sync();
        }
    }

    @AfterEach
    void stop() {
        there.close();
        target.close();
        source.close();
    }

    private CliProcess slowly(String legacy) {
        return CliProcess.start(
                project.root(), "migrate", "--yes", "--rate", "200", "--legacy", legacy, "--target", target.uri());
    }

    private Cli cli() {
        return Cli.in(project.root());
    }

    private String slowedDownBy() {
        return cli().json("status").document().at("/runs/0/slowedDownBy").asText();
    }

    /** What it waits for is over: it goes on, and ends as if nothing had been. */
    private void goesOn(CliProcess process) {
        process.await("  data: goes on at full speed");
        assertThat(cli().run("control", "--rate", "0").exitCode()).isZero();
        assertThat(process.exitCode()).as(process.err()).isZero();
        assertThat(there.keys("cs:conversations:*")).hasSize(KEYS);
    }

    @Test
    void targetMemoryNearlyFull_slowsDownUntilThereIsRoom() {
        there.set("filler", "x".repeat(20 * MEGABYTE));
        try (CliProcess process = slowly(source.uri())) {
            process.await(" keys/s");
            long used = Long.parseLong(there.info("memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
            there.configSet("maxmemory", String.valueOf(used * 100 / 95));
            process.await("  data: slowed down: the target uses 9").await(" keys/s");
            assertThat(slowedDownBy()).matches("slowed down: the target uses 9\\d % of its memory \\(maxmemory .*");
            assertThat(cli().run("status").out()).contains("slowed down: the target uses");
            there.configSet("maxmemory", "0");
            goesOn(process);
        }
    }

    @Test
    void replicaOfTheTargetFarBehind_slowsDownUntilItHasCaughtUp() throws IOException, InterruptedException {
        try (TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + target.port());
                Jedis copy = replica.connect()) {
            awaitReplica("state=online");
            long pid = Long.parseLong(copy.info("server").replaceAll("(?s).*process_id:(\\d+).*", "$1"));
            try (CliProcess process = slowly(source.uri())) {
                process.await(" keys/s");
                signal("STOP", pid);
                try {
                    for (int i = 0; i < 20; i++) {
                        there.set("filler", "x".repeat(MEGABYTE));
                    }
                    process.await("  data: slowed down: a replica of the target is ")
                            .await(" keys/s");
                    assertThat(slowedDownBy())
                            .matches("slowed down: a replica of the target is \\d\\d,.* bytes behind");
                } finally {
                    signal("CONT", pid);
                }
                goesOn(process);
            }
        }
    }

    private void awaitReplica(String state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!there.info("replication").contains(state)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the replica is not " + state + ": " + there.info("replication"));
            }
            Thread.onSpinWait();
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void sourceMuchSlowerThanAtFirst_slowsDown() throws IOException {
        try (SlowEntrance entrance = new SlowEntrance(source.port(), Duration.ZERO);
                CliProcess process = slowly(entrance.uri())) {
            // the first three seconds are what it is compared with
            for (int second = 0; second < 5; second++) {
                process.await(" keys/s");
            }
            entrance.delay(Duration.ofMillis(80));
            process.await("  data: slowed down: the source answers ").await(" keys/s");
            assertThat(slowedDownBy()).matches("slowed down: the source answers .* times as slowly as at first, .*");
            entrance.delay(Duration.ZERO);
            goesOn(process);
        }
    }
}
