package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Copies killed by SIGKILL when so many entries have arrived, from none to all of them, and resumed. Twelve of them, or two hundred
 * with the profile {@code soak}; {@code -Dstorm.kills} names another number. Both stores are then read with the client alone.
 */
@Tag("CLI-7")
class KillStormTest {
    private static final int KILLS = Integer.getInteger("storm.kills", Boolean.getBoolean("soak") ? 200 : 12);
    private static final int KEYS = 1_200;

    @TempDir
    Path folder;

    @Test
    void resume_killedAtAnyMoment_losesAndAddsNothing() {
        Random random = new Random(20_261_121);
        try (TestRedis server = TestRedis.start();
                Jedis legacy = server.connect();
                Jedis target = server.connect()) {
            target.select(1);
            load(legacy);
            for (int kill = 0; kill < KILLS; kill++) {
                target.flushDB();
                long arrived = random.nextLong(KEYS + 1L);
                TestProject project = TestProject.atRest(folder.resolve("project-" + kill));
                String[] stores = {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
                try (CliProcess process = CliProcess.start(
                        project.root(),
                        "migrate",
                        "--yes",
                        "--rate",
                        "2400",
                        stores[0],
                        stores[1],
                        stores[2],
                        stores[3])) {
                    process.await(" applies plan ");
                    while (target.dbSize() < arrived
                            && ProcessHandle.of(process.pid()).isPresent()) {
                        Thread.onSpinWait();
                    }
                    process.kill();
                }
                Cli.Outcome resumed = Cli.in(project.root()).always(stores).run("migrate", "--resume", "--yes");
                // a run that had ended already cannot be resumed
                assertThat(resumed.exitCode())
                        .as(arrived + ": " + resumed.all())
                        .isIn(0, 4);
                isCopied(legacy, target, "killed when " + arrived + " had arrived");
            }
        }
    }

    @Test
    void join_eitherKilledAtAnyMoment_theOtherEndsTheRun() {
        Random random = new Random(20_261_129);
        try (TestRedis server = TestRedis.start();
                Jedis legacy = server.connect();
                Jedis target = server.connect()) {
            target.select(1);
            load(legacy);
            for (int kill = 0; kill < (KILLS + 2) / 3; kill++) {
                target.flushDB();
                long arrived = random.nextLong(KEYS + 1L);
                TestProject project = TestProject.atRest(folder.resolve("joined-" + kill));
                String[] stores = {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
                try (CliProcess first = CliProcess.start(
                        project.root(),
                        "migrate",
                        "--yes",
                        "--rate",
                        "50",
                        stores[0],
                        stores[1],
                        stores[2],
                        stores[3])) {
                    first.await(" applies plan ");
                    try (CliProcess second = CliProcess.start(
                            project.root(), "migrate", "--join", "--yes", stores[0], stores[1], stores[2], stores[3])) {
                        second.await("Joined run ");
                        // only now as fast as it is killed
                        assertThat(Cli.in(project.root())
                                        .run("control", "--rate", "600")
                                        .exitCode())
                                .isZero();
                        CliProcess victim = random.nextBoolean() ? first : second;
                        while (target.dbSize() < arrived
                                && ProcessHandle.of(victim.pid()).isPresent()) {
                            Thread.onSpinWait();
                        }
                        victim.kill();
                        CliProcess other = victim == first ? second : first;
                        assertThat(other.exitCode())
                                .as("killed when " + arrived + " had arrived: " + other.err())
                                .isZero();
                    }
                }
                isCopied(legacy, target, "killed when " + arrived + " had arrived");
                assertThat(Cli.in(project.root())
                                .always(stores)
                                .json("status")
                                .document()
                                .at("/runs/0/keysScanned")
                                .asInt())
                        .isEqualTo(KEYS);
            }
        }
    }

    private static void load(Jedis legacy) {
        for (int i = 0; i < KEYS; i++) {
            if (i % 3 == 0) {
                legacy.set("ngx:conv:" + i, "{\"n\": " + i + "}");
            } else {
                legacy.setex("ngx:pred:" + i, 86_400L + i, "{\"n\": " + i + "}");
            }
        }
    }

    private static void isCopied(Jedis legacy, Jedis target, String when) {
        Map<String, TargetEntries.Stored> copies = TargetEntries.of(target);
        assertThat(copies).as(when).hasSize(KEYS);
        copies.forEach((key, copy) -> {
            String id = key.substring(key.indexOf(':', 3) + 1);
            byte[] origin = ("ngx:" + id).getBytes(StandardCharsets.UTF_8);
            assertThat(copy.envelope().payload()).as(when + ": " + key).isEqualTo(legacy.get(origin));
            assertThat(copy.serverDeadlineMillis())
                    .as(when + ": " + key)
                    .isCloseTo(TargetEntries.deadline(legacy, origin), within(1_000L));
        });
    }
}
