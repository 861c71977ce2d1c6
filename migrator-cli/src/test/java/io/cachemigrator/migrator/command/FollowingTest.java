package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.OneServer;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClusterClient;

/** Writers past the shim, followed by the keyspace notifications of the legacy server. */
@Tag("CLI-6")
class FollowingTest {
    private static final int KEYS = 1_500;
    private static final String SETTING = "notify-keyspace-events";
    private static final String AT_REST = "stage-wait: PT0S\n";

    @TempDir
    Path folder;

    private OneServer one;
    private Jedis legacy;
    private Jedis target;

    @BeforeEach
    void start() {
        one = OneServer.start(folder, KEYS);
        legacy = one.legacy();
        target = one.target();
    }

    @AfterEach
    void stop() {
        one.close();
    }

    private Cli cli() {
        return Cli.in(one.project().root()).always(one.stores());
    }

    private String setting() {
        return legacy.configGet(SETTING).get(SETTING);
    }

    /** Changes and deletes until it is closed, so many times a second. */
    private final class Writer implements AutoCloseable {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final Thread thread;

        Writer(int perSecond) throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            thread = new Thread(() -> {
                Random random = new Random(7);
                long begun = System.nanoTime();
                try (Jedis own = one.server().connect()) {
                    for (long n = 0; !enough.get(); n++) {
                        String key = "ngx:conv:" + random.nextInt(KEYS);
                        if (n % 5 == 0) {
                            own.del(key);
                        } else {
                            own.setex(key, 86_400, "{\"changed\": " + n + "}");
                        }
                        running.countDown();
                        while (!enough.get() && System.nanoTime() - begun < n * 1_000_000_000L / perSecond) {
                            LockSupport.parkNanos(100_000);
                        }
                    }
                }
            });
            thread.start();
            running.await();
        }

        @Override
        public void close() throws InterruptedException {
            enough.set(true);
            thread.join();
        }
    }

    private void isEqual() {
        Map<String, TargetEntries.Stored> copies = TargetEntries.of(target);
        assertThat(copies).hasSize((int) legacy.dbSize());
        copies.forEach((key, copy) -> {
            byte[] origin = ("ngx:" + key.substring("cs:conversations:".length())).getBytes(StandardCharsets.UTF_8);
            assertThat(copy.envelope().payload()).as(key).isEqualTo(legacy.get(origin));
            assertThat(copy.serverDeadlineMillis())
                    .as(key)
                    .isCloseTo(TargetEntries.deadline(legacy, origin), within(1_000L));
        });
    }

    @Test
    void writerThatPassesAloneCannotFollow_withNotificationsIsFollowed() throws InterruptedException {
        try (Writer writer = new Writer(400)) {
            Cli.Outcome alone = cli().json("migrate", "--yes");
            assertThat(alone.exitCode()).as(alone.all()).isEqualTo(1);
            assertThat(alone.document().get("outcome").asText()).isEqualTo("FAILED");
            assertThat(alone.err()).contains("differences are left after 5 passes");
            assertThat(cli().run("rollback", "--yes").exitCode()).isZero();

            one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
            Cli.Outcome followed = cli().json("migrate", "--yes");
            assertThat(followed.exitCode()).as(followed.all()).isZero();
            assertThat(followed.document().get("outcome").asText()).isEqualTo("COMPLETED");
            assertThat(followed.err())
                    .contains("changes are followed by keyspace notifications")
                    .doesNotContain("verify: pass");
        }
        assertThat(setting()).isEmpty();
    }

    @Test
    void fastWriter_withNotificationsIsFollowed() throws InterruptedException {
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        try (Writer writer = new Writer(25_000)) {
            Cli.Outcome followed = cli().json("migrate", "--yes");
            assertThat(followed.exitCode()).as(followed.all()).isZero();
            assertThat(followed.err()).doesNotContain("differences are left");
        }
    }

    @Test
    void changesDuringTheCopy_areThereBeforeTheComparison() {
        legacy.configSet(SETTING, "KA");
        try (CliProcess process = one.migrate("--rate", "400")) {
            process.await("changes are followed").await("  data: ");
            for (int i = 0; i < KEYS; i += 3) {
                legacy.setex("ngx:conv:" + i, 43_200, "{\"changed\": " + i + "}");
                legacy.del("ngx:conv:" + (i + 1));
            }
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.err()).doesNotContain("verify: pass");
        }
        isEqual();
        assertThat(setting()).as("what was on before stays").isEqualTo("AK");
    }

    @Test
    void counterThatIsAddedToAnother_changedDuringTheCopy_staysTheSum() {
        legacy.configSet(SETTING, "KA");
        legacy.set("ngx:metr:visits", "100");
        legacy.set("ngx:metrics:visits", "23");
        try (CliProcess process = one.migrate("--rate", "400")) {
            process.await("changes are followed").await("  data: ");
            for (int i = 0; i < 50; i++) {
                legacy.incrBy("ngx:metr:visits", 2);
                legacy.incr("ngx:metrics:visits");
            }
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(cli().run("validate").exitCode()).isZero();
        assertThat(new String(
                        TargetEntries.of(target)
                                .get("cs:metrics:metr:visits")
                                .envelope()
                                .payload(),
                        StandardCharsets.UTF_8))
                .isEqualTo("273");
    }

    @Test
    void subscriptionLost_nothingIsMissed() {
        legacy.configSet(SETTING, "EA");
        try (CliProcess process = one.migrate("--rate", "300")) {
            process.await("changes are followed").await("  data: ");
            legacy.sendCommand(redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
            // nobody listens, or not yet again
            for (int i = 0; i < KEYS; i++) {
                legacy.setex("ngx:conv:" + i, 43_200, "{\"changed\": " + i + "}");
            }
            legacy.del("ngx:conv:7");
            process.await("notifications of the legacy store were lost").await("keyspace notifications again");
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        isEqual();
    }

    @Test
    void moreChangesThanCanWait_areForgottenAndFoundByAPass() {
        int changed = 100_500;
        legacy.configSet(SETTING, "KA");
        try (CliProcess process = one.migrate("--rate", "200")) {
            process.await("changes are followed").await(" keys/s");
            // a copy that waits copies nothing again, so that all of them wait
            assertThat(cli().run("control", "--pause").exitCode()).isZero();
            process.await("  data: paused");
            Pipeline pipeline = legacy.pipelined();
            for (int i = 0; i < changed; i++) {
                pipeline.setex("ngx:conv:" + i, 43_200, "{\"changed\": " + i + "}");
            }
            pipeline.sync();
            process.await("more than 100000 keys changed faster than they can be followed");
            assertThat(cli().run("control", "--continue", "--rate", "0").exitCode())
                    .isZero();
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(target.keys("cs:conversations:*")).hasSize(changed);
        assertThat(cli().run("validate").exitCode()).isZero();
    }

    @Test
    void settingSwitchedOnByARunThatIsKilled_isSetBackByResume() {
        legacy.configSet(SETTING, "Kx");
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        killedInTheCopy();
        assertThat(cli().run("status").out()).contains("changed for the run: " + SETTING, "to be set back to 'xK'");
        Cli.Outcome resumed = cli().run("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        assertThat(setting()).isEqualTo("xK");
        assertThat(cli().json("status").document().get("changedSettings")).isEmpty();
        isEqual();
    }

    @Test
    void settingSwitchedOnByARunThatIsKilled_isSetBackByRollback() {
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        killedInTheCopy();
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
        assertThat(setting()).isEmpty();
    }

    @Test
    void settingChangedBySomebodyElseMeanwhile_stays() {
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        killedInTheCopy();
        legacy.configSet(SETTING, "Ez");
        Cli.Outcome undone = cli().run("rollback", "--yes");
        assertThat(undone.err()).contains("was changed to 'zE' by somebody else and stays");
        assertThat(setting()).isEqualTo("zE");
    }

    private void killedInTheCopy() {
        try (CliProcess process = one.migrate("--rate", "200")) {
            process.await("is switched on for this run").await(" keys/s");
            assertThat(setting()).contains("K", "A");
            process.kill();
        }
        assertThat(setting()).contains("A");
    }

    @Test
    void interrupted_setsBack() {
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        try (CliProcess process = one.migrate("--rate", "200")) {
            process.await("is switched on for this run").await(" keys/s").signal("TERM");
            assertThat(process.exitCode()).as(process.err()).isEqualTo(5);
            assertThat(process.err()).contains("is set back to ''");
        }
        assertThat(setting()).isEmpty();
    }

    @Test
    @Tag("CLI-3")
    void check_saysWhetherChangesAreFollowed() {
        Consumer<String> warned = text -> assertThat(
                        cli().json("check").document().get("warnings").toString())
                .contains(text);
        warned.accept("notify-keyspace-events is ''");
        warned.accept("pause their writes for a moment");
        legacy.configSet(SETTING, "Kg");
        warned.accept("not complete (notify-keyspace-events is 'gK')");
        legacy.configSet(SETTING, "Eg$lshzxe");
        assertThat(cli().json("check").document().get("warnings").toString()).doesNotContain("past the shim");
        legacy.configSet(SETTING, "");
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        assertThat(cli().json("check").document().get("warnings").toString()).doesNotContain("past the shim");
        one.project().file("migrator.yml", AT_REST + "notifications: maybe\n");
        assertThat(cli().run("check").error().get(1)).contains("Line 2", "use, enable or off");
    }

    @Test
    void userWithoutConfig_isToldAndCopiesAnyway() {
        legacy.aclSetUser("mover", "on", ">secret", "~*", "&*", "+@all", "-config");
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        String uri = "redis://mover:secret@127.0.0.1:" + one.server().port();
        Cli.Outcome outcome = Cli.in(one.project().root())
                .always("--legacy", uri + "/0", "--target", uri + "/1")
                .run("migrate", "--yes");
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.err())
                .contains("not available (CONFIG GET is refused)")
                .doesNotContain("are followed by");
        isEqual();
    }

    @Test
    void cluster_everyMasterIsFollowed() {
        one.project().file("migrator.yml", AT_REST + "notifications: enable\n");
        try (TestCluster cluster = TestCluster.start();
                RedisClusterClient client = cluster.client()) {
            for (int i = 0; i < 600; i++) {
                client.setex("ngx:conv:" + i, 86_400, "{\"n\": " + i + "}");
            }
            try (CliProcess process = CliProcess.start(
                    one.project().root(),
                    "migrate",
                    "--yes",
                    "--rate",
                    "200",
                    "--legacy",
                    cluster.uri(),
                    "--target",
                    one.server().uri() + "/1")) {
                process.await("changes are followed").await("  data: ");
                for (int i = 0; i < 600; i += 2) {
                    client.setex("ngx:conv:" + i, 86_400, "{\"changed\": " + i + "}");
                    client.del("ngx:conv:" + (i + 1));
                }
                assertThat(process.exitCode()).as(process.err()).isZero();
                assertThat(process.err()).doesNotContain("verify: pass");
            }
            assertThat(TargetEntries.of(target)).hasSize(300);
            cluster.masters().forEach(master -> {
                try (master) {
                    assertThat(master.configGet(SETTING).get(SETTING)).isEmpty();
                }
            });
            JsonNode run = cli().json("status").document().at("/runs/0");
            assertThat(run.get("state").asText()).isEqualTo("COMPLETED");
        }
    }
}
