package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Stores that are away, locked, full or die: the exit code, and what the message says to do about it. */
@Tag("CLI-4")
class StoreTroubleTest {
    private static final String SECRET = "S3CRET";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void makeProject() {
        project = TestProject.atRest(folder.resolve("project")).file(".env", "REDIS_POOL_SIZE=5\n");
    }

    private Cli cli() {
        return Cli.in(project.root());
    }

    /** Check lists the trouble as a blocker, the other commands end with it. */
    private List<String> isRefused(String code, String legacy) {
        Cli.Outcome check = cli().json("check", "--legacy", legacy);
        assertThat(check.exitCode()).as(check.all()).isEqualTo(3);
        JsonNode blockers = check.document().get("blockers");
        assertThat(blockers.get(0).asText()).startsWith(code);
        assertThat(check.document().get("ready").asBoolean()).isFalse();
        assertThat(check.document().get("findings"))
                .as("the rest of the report")
                .isNotEmpty();
        List<String> last = List.of();
        for (String command : List.of("dry-run", "validate", "migrate --yes")) {
            Cli.Outcome outcome = cli().always("--legacy", legacy).run(command.split(" "));
            assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.error()).as(outcome.err()).hasSize(3);
            assertThat(outcome.error().get(0)).startsWith(code);
            assertThat(outcome.all()).doesNotContain(SECRET);
            last = outcome.error();
        }
        assertThat(check.all()).doesNotContain(SECRET);
        assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
        return last;
    }

    @Test
    @Tag("services-F-8")
    @Tag("services-F-10")
    void unreachableStore_isNamedWithWhatWasTried() {
        int port = TestRedis.freePort();
        List<String> error = isRefused("CM-302", "redis://user:" + SECRET + "@127.0.0.1:" + port);
        assertThat(error.get(0)).contains("redis://127.0.0.1:" + port);
        assertThat(error.get(1)).containsIgnoringCase("refused");
        assertThat(error.get(2)).contains("Check that the server runs");
    }

    @Test
    @Tag("CLI-11")
    @Tag("services-F-6")
    void status_storeDownOrSilent_isStillShown() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Cli.Outcome status = cli().json(
                            "status",
                            "--legacy",
                            "redis://127.0.0.1:" + TestRedis.freePort(),
                            "--target",
                            "redis://127.0.0.1:" + silent.getLocalPort());
            assertThat(status.exitCode()).isZero();
            assertThat(status.document().get("stores"))
                    .hasSize(2)
                    .allSatisfy(store ->
                            assertThat(store.get("reachable").asBoolean()).isFalse());
        }
    }

    @Test
    void wrongPassword_isSaid() {
        try (TestRedis server = TestRedis.start("requirepass right")) {
            List<String> wrong = isRefused("CM-303", "redis://:" + SECRET + "@127.0.0.1:" + server.port());
            assertThat(wrong.get(1)).contains("User or password is wrong");
            List<String> none = isRefused("CM-303", server.uri());
            assertThat(none.get(1)).contains("It asks for a password");
            assertThat(none.get(2)).contains("redis://:${REDIS_PASSWORD}@127.0.0.1");
        }
    }

    @Test
    void tlsOnAPlainServer_isSaid() {
        try (TestRedis server = TestRedis.start()) {
            Cli.Outcome outcome = cli().run("dry-run", "--legacy", "rediss://127.0.0.1:" + server.port());
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.error()).hasSize(3);
            assertThat(outcome.error().get(0)).startsWith("CM-304 No secure connection to the legacy store rediss://");
            assertThat(outcome.error().get(2)).contains("Use redis://");
        }
    }

    @Test
    void userWithoutANeededCommand_isToldWhichAndHowToGrantIt() {
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            redis.aclSetUser("mover", "on", ">" + SECRET, "~*", "+@all", "-eval", "-evalsha", "-pttl");
            Cli cli = cli().always("--legacy", "redis://mover:" + SECRET + "@127.0.0.1:" + server.port());
            Cli.Outcome check = cli.json("check");
            assertThat(check.exitCode()).isEqualTo(3);
            assertThat(check.document().get("blockers").toString())
                    .contains("CM-305", "forbids PTTL", "EVAL, EVALSHA", "+eval +evalsha");
            Cli.Outcome migrate = cli.run("migrate", "--yes");
            assertThat(migrate.exitCode()).isEqualTo(3);
            assertThat(migrate.error().get(0)).startsWith("CM-305");
            redis.aclSetUser("mover", "+pttl");
            Cli.Outcome refused = cli.run("migrate", "--yes");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.error()).hasSize(3);
            assertThat(refused.error().get(1)).contains("forbids", "EVAL");
            assertThat(refused.error().get(2)).contains("ACL SETUSER");
            assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
            assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
            assertThat(check.all() + migrate.all() + refused.all()).doesNotContain(SECRET);
            redis.aclSetUser("mover", "+eval", "+evalsha");
            assertThat(cli.run("migrate", "--resume", "--yes").exitCode()).isEqualTo(1);
        }
    }

    @Test
    @Tag("services-F-11")
    @Tag("services-case-58")
    void memoryTooSmallForTheCopy_isABlockerAndMigrateRefuses() {
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            LegacySample.loadMany(redis, 2_000);
            redis.configSet("maxmemory-policy", "allkeys-lru");
            redis.configSet("maxmemory", String.valueOf(usedMemory(redis) + 200_000));
            long keys = redis.dbSize();
            Cli cli = cli().always("--legacy", server.uri());
            Cli.Outcome check = cli.json("check");
            assertThat(check.exitCode()).as(check.all()).isEqualTo(1);
            assertThat(check.document().get("blockers").toString())
                    .contains("CM-306", "maxmemory", "allkeys-lru would evict live entries");
            Cli.Outcome migrate = cli.run("migrate", "--yes");
            assertThat(migrate.exitCode()).isEqualTo(3);
            assertThat(migrate.error().get(0)).startsWith("CM-306");
            assertThat(migrate.error().get(2)).contains("Raise maxmemory to");
            assertThat(redis.dbSize()).isEqualTo(keys);
            assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
        }
    }

    @Test
    @Tag("CLI-7")
    void targetFullDuringTheCopy_stopsCleanAndResumes() {
        try (TestRedis legacy = TestRedis.start();
                TestRedis target = TestRedis.start();
                Jedis source = legacy.connect();
                Jedis destination = target.connect()) {
            LegacySample.loadMany(source, 2_000);
            String[] stores = {"--legacy", legacy.uri(), "--target", target.uri()};
            try (CliProcess process = CliProcess.start(
                    project.root(),
                    "migrate",
                    "--yes",
                    "--rate",
                    "200",
                    "--legacy",
                    legacy.uri(),
                    "--target",
                    target.uri())) {
                process.await("  data: ");
                // well below what is in use: buffers that are freed must not make room again
                destination.configSet("maxmemory", String.valueOf(usedMemory(destination) / 2));
                assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
                assertThat(process.err()).contains("CM-306 The target store", "is out of memory", "migrate --resume");
                assertThat(process.out()).isEmpty();
            }
            assertThat(cli().always(stores)
                            .json("status")
                            .document()
                            .at("/runs/0/state")
                            .asText())
                    .isEqualTo("FAILED");
            Cli.Outcome still = cli().always(stores).run("migrate", "--resume", "--yes");
            assertThat(still.exitCode()).isEqualTo(3);
            destination.configSet("maxmemory", "0");
            Cli.Outcome resumed = cli().always(stores).run("migrate", "--resume", "--yes");
            assertThat(resumed.exitCode()).as(resumed.all()).isZero();
            assertThat(destination.keys("cs:[a-z]*")).hasSize(2_000);
            assertThat(cli().always(stores).run("validate").exitCode()).isZero();
        }
    }

    @Test
    @Tag("CLI-7")
    void targetKilledDuringTheCopy_isAnEnvironmentErrorAndResumes() {
        int port = TestRedis.freePort();
        try (TestRedis legacy = TestRedis.start();
                Jedis source = legacy.connect()) {
            LegacySample.loadMany(source, 2_000);
            String[] stores = {"--legacy", legacy.uri(), "--target", "redis://127.0.0.1:" + port};
            try (CliProcess process = startWithTarget(stores, port)) {
                assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
                assertThat(process.err()).contains("CM-302 The target store redis://127.0.0.1:" + port);
            }
            assertThat(cli().always(stores)
                            .json("status")
                            .document()
                            .at("/runs/0/state")
                            .asText())
                    .isEqualTo("FAILED");
            // it comes back empty: everything it had confirmed is gone, and verification must notice
            try (TestRedis target = TestRedis.startOn(port);
                    Jedis destination = target.connect()) {
                Cli.Outcome resumed = cli().always(stores).run("migrate", "--resume", "--yes");
                assertThat(resumed.exitCode()).as(resumed.all()).isZero();
                assertThat(destination.keys("cs:[a-z]*")).hasSize(2_000);
                assertThat(cli().always(stores).run("validate").exitCode()).isZero();
            }
        }
    }

    private CliProcess startWithTarget(String[] stores, int port) {
        try (TestRedis target = TestRedis.startOn(port)) {
            CliProcess process = CliProcess.start(
                    project.root(), "migrate", "--yes", "--rate", "200", stores[0], stores[1], stores[2], stores[3]);
            return process.await("  data: ");
        }
    }

    @Test
    @Tag("CLI-7")
    void serverKilledAndRestartedWithItsData_resumes() throws IOException {
        int port = TestRedis.freePort();
        Path data = Files.createDirectory(folder.resolve("data"));
        String[] settings = {"appendonly yes", "appendfsync always", "dir " + data};
        Map<String, TargetEntries.Stored> copies;
        try (TestRedis server = TestRedis.startOn(port, settings);
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            LegacySample.loadMany(redis, 1_500);
            try (CliProcess process =
                    CliProcess.start(project.root(), "migrate", "--yes", "--rate", "200", "--legacy", server.uri())) {
                process.await("  data: ");
                server.close();
                assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
                assertThat(process.err()).contains("CM-302");
            }
        }
        try (TestRedis server = TestRedis.startOn(port, settings);
                Jedis redis = server.connect()) {
            Cli cli = cli().always("--legacy", server.uri());
            assertThat(cli.run("migrate", "--resume", "--yes").exitCode()).isEqualTo(1);
            assertThat(cli.run("validate").exitCode()).isZero();
            copies = TargetEntries.of(redis);
            assertThat(copies).hasSizeGreaterThan(1_500);
            assertThat(cli.run("rollback", "--yes").exitCode()).isZero();
            assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
        }
    }

    private static long usedMemory(Jedis redis) {
        return redis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                .findFirst()
                .orElseThrow();
    }
}
