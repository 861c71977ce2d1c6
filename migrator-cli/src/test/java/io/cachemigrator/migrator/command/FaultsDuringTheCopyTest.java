package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.RawEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * What {@link StoreFaultsTest} and {@link StoreTroubleTest} leave of what can go wrong while a copy runs: a store that says nothing
 * any more, a journal that is gone, a full disk. Never does a run end with 0 while anything is missing.
 */
@Tag("CLI-7")
@Tag("CLI-3")
class FaultsDuringTheCopyTest {
    private static final int KEYS = 1_500;
    private static final String LONG = "x".repeat(4_000);

    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis source;
    private TestRedis destination;
    private Jedis legacy;
    private Jedis target;

    @BeforeEach
    void start() {
        project = TestProject.atRest(folder.resolve("project"));
        source = TestRedis.start();
        destination = TestRedis.start();
        legacy = source.connect();
        target = destination.connect();
        for (int i = 0; i < KEYS; i++) {
            legacy.setex("ngx:conv:" + i, 86_400, "{\"n\": " + i + "}");
        }
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
        source.close();
        destination.close();
    }

    private CliProcess copying(TestProject of, String... more) {
        String[] line = new String[more.length + 8];
        String[] common = {"migrate", "--yes", "--rate", "300", "--legacy", source.uri(), "--target", destination.uri()
        };
        System.arraycopy(common, 0, line, 0, common.length);
        System.arraycopy(more, 0, line, common.length, more.length);
        return CliProcess.start(of.root(), line).await("  data: ");
    }

    private void resumesToTheEnd(TestProject of, String... more) {
        Cli cli = Cli.in(of.root())
                .always("--legacy", source.uri(), "--target", destination.uri())
                .always(more);
        Cli.Outcome resumed = cli.run("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        isComplete(RawEntries.of(target));
    }

    private void isComplete(Map<String, RawEntries.Raw> copies) {
        assertThat(copies).hasSize(KEYS);
        copies.forEach((place, copy) ->
                assertThat(copy.text()).isEqualTo(legacy.get("ngx:" + place.substring(place.indexOf(':') + 1))));
    }

    /** Both at once, as each takes as long as a silent store is waited for. */
    @Test
    void storeSaysNothingAnyMore_isAnEnvironmentErrorAndResumes() {
        TestProject other = TestProject.atRest(folder.resolve("other"));
        String[] line = {"migrate", "--yes", "--rate", "300", "--legacy", source.uri(), "--target", ""};
        try (TestRedis silentTarget = TestRedis.start();
                TestRedis silentSource = TestRedis.start();
                Jedis from = silentSource.connect();
                Jedis to = silentTarget.connect()) {
            for (int i = 0; i < KEYS; i++) {
                from.setex("ngx:conv:" + i, 86_400, "{\"n\": " + i + "}");
            }
            line[7] = silentTarget.uri();
            try (CliProcess toSilence = CliProcess.start(other.root(), line);
                    CliProcess fromSilence = CliProcess.start(
                            project.root(),
                            "migrate",
                            "--yes",
                            "--rate",
                            "300",
                            "--legacy",
                            silentSource.uri(),
                            "--target",
                            destination.uri())) {
                toSilence.await("  data: ");
                fromSilence.await("  data: ");
                to.clientPause(120_000);
                from.clientPause(45_000);
                assertThat(toSilence.exitCode()).as(toSilence.err()).isEqualTo(3);
                assertThat(toSilence.err()).contains("CM-302 The target store");
                assertThat(fromSilence.exitCode()).as(fromSilence.err()).isEqualTo(3);
                assertThat(fromSilence.err()).contains("CM-302 The legacy store");
            }
            awaitAnswer(silentSource);
            Cli.Outcome resumed = Cli.in(project.root())
                    .always("--legacy", silentSource.uri(), "--target", destination.uri())
                    .run("migrate", "--resume", "--yes");
            assertThat(resumed.exitCode()).as(resumed.all()).isZero();
            isComplete(RawEntries.of(target));
        }
    }

    /** Its pause ends by itself; while it lasts, each try waits as long as the client does. */
    private static void awaitAnswer(TestRedis server) {
        for (boolean answered = false; !answered; ) {
            try (Jedis redis = server.connect()) {
                answered = redis.ping().equals("PONG");
            } catch (JedisConnectionException still) {
                answered = false;
            }
        }
    }

    @Test
    void journalDatabaseStops_isAnEnvironmentErrorAndResumes() throws IOException {
        Path data = folder.resolve("postgres");
        int port;
        String options = "/postgres?user=postgres";
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start()) {
            port = database.getPort();
            try (CliProcess process = copying(project, "--journal", "jdbc:postgresql://localhost:" + port + options)) {
                database.close();
                assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
                assertThat(process.err()).contains("CM-307 The journal");
            }
        }
        try (EmbeddedPostgres again = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start()) {
            resumesToTheEnd(project, "--journal", "jdbc:postgresql://localhost:" + again.getPort() + options);
        }
    }

    @Test
    void journalFileIsRemoved_isAnEnvironmentErrorAndNothingIsSaidToBeDone() throws IOException {
        try (CliProcess process = copying(project)) {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(project.root().resolve(".migrator").resolve("journal.db" + suffix));
            }
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("CM-307 The journal", "is gone");
        }
        Cli cli = Cli.in(project.root()).always("--legacy", source.uri(), "--target", destination.uri());
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        isComplete(RawEntries.of(target));
    }

    @Test
    void diskOfTheTargetIsFull_isAnEnvironmentErrorAndResumes() {
        for (int i = 0; i < KEYS; i++) {
            legacy.setex("ngx:conv:" + i, 86_400, "{\"n\": \"" + LONG + i + "\"}");
        }
        Path tier = folder.resolve("tier");
        String[] stores = {"--legacy", source.uri(), "--target", "disk:" + tier};
        try (CliProcess process = CliProcess.startOnASmallDisk(
                project.root(), 5_000, "migrate", "--yes", stores[0], stores[1], stores[2], stores[3])) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("The target store disk:");
        }
        Cli cli = Cli.in(project.root()).always(stores);
        Cli.Outcome resumed = cli.run("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        isComplete(RawEntries.of(tier));
    }

    @Test
    void diskOfTheJournalIsFull_isAnEnvironmentErrorAndResumesOrBegins() {
        try (CliProcess process = CliProcess.startOnASmallDisk(
                project.root(),
                280,
                "migrate",
                "--yes",
                "--rate",
                "300",
                "--legacy",
                source.uri(),
                "--target",
                destination.uri())) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err()).contains("CM-307 The journal");
        }
        Cli cli = Cli.in(project.root()).always("--legacy", source.uri(), "--target", destination.uri());
        boolean begun = !cli.json("status").document().get("runs").isEmpty();
        Cli.Outcome again = begun ? cli.run("migrate", "--resume", "--yes") : cli.run("migrate", "--yes");
        assertThat(again.exitCode()).as(again.all()).isZero();
        isComplete(RawEntries.of(target));
    }
}
