package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.JournalUrl;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Runs that die in the middle end, once resumed, as a run that nothing ever happened to. */
@Tag("CLI-7")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRunTest {
    private static final String SETTINGS = "# settings\nREDIS_POOL_SIZE=10\nREDIS_MOCK_ENABLED=false\n";

    private static final String NOBODY_RUNS = "stage-wait: PT0S\n";

    private Path folder = Path.of("");
    private TestRedis server;
    private Jedis target;
    private LegacyData.Snapshot legacy;
    private Map<String, TargetEntries.Stored> reference = Map.of();
    private Map<String, String> referenceFiles = Map.of();
    private int projects;

    @BeforeAll
    void runOnceUndisturbed(@TempDir Path temporary) {
        folder = temporary;
        server = TestRedis.start();
        try (Jedis redis = server.connect()) {
            LegacySample.load(redis);
            LegacySample.loadMany(redis, 1_500);
            legacy = LegacyData.snapshot(redis);
        }
        TestProject project = project();
        Cli.Outcome outcome = cli(project, 2).json("migrate", "--yes");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.document().get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        try (Jedis redis = server.connect()) {
            redis.select(2);
            reference = TargetEntries.of(redis);
        }
        referenceFiles = SampleProject.hashes(project.root());
        target = server.connect();
        target.select(1);
    }

    @BeforeEach
    void clearTarget() {
        target.flushDB();
    }

    @AfterAll
    void stop() {
        target.close();
        server.close();
    }

    private TestProject project() {
        return TestProject.in(folder.resolve("project-" + projects++))
                .file(".env", SETTINGS)
                .file("migrator.yml", NOBODY_RUNS);
    }

    private String[] stores(int database) {
        return new String[] {"--legacy", server.uri() + "/0", "--target", server.uri() + "/" + database};
    }

    private Cli cli(TestProject project, int database) {
        return Cli.in(project.root()).always(stores(database));
    }

    private CliProcess start(TestProject project, String... more) {
        List<String> line = new ArrayList<>(List.of("migrate", "--yes"));
        line.addAll(List.of(more));
        line.addAll(List.of(stores(1)));
        return CliProcess.start(project.root(), line.toArray(String[]::new));
    }

    private void resumesAsIfNeverInterrupted(TestProject project) {
        Cli.Outcome resumed = cli(project, 1).json("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isEqualTo(1);
        assertThat(resumed.document().get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(resumed.document().get("quarantined")).hasSize(3);
        Map<String, TargetEntries.Stored> copies = TargetEntries.of(target);
        assertThat(TargetEntries.essence(copies)).isEqualTo(TargetEntries.essence(reference));
        copies.forEach((key, stored) -> {
            TargetEntries.Stored wanted = reference.get(key);
            assertThat(stored.envelope().deadlineMillis())
                    .isCloseTo(wanted.envelope().deadlineMillis(), within(1_000L));
            assertThat(stored.serverDeadlineMillis()).isCloseTo(wanted.serverDeadlineMillis(), within(1_000L));
        });
        assertThat(SampleProject.hashes(project.root())).isEqualTo(referenceFiles);
        JsonNode status = cli(project, 1).json("status").document();
        assertThat(status.at("/stage/name").asText()).isEqualTo("CONSOLIDATED");
        assertThat(status.get("runs")).hasSize(1);
    }

    private static String stateOf(JsonNode status, String step) {
        for (JsonNode one : status.at("/runs/0/steps")) {
            if (one.get("name").asText().equals(step)) {
                return one.get("state").asText();
            }
        }
        throw new AssertionError("no step " + step + " in " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"applies plan", "[2/8] backup", "[4/8] source", "[5/8] configuration"})
    void resume_killedBeforeTheCopyEnds_endsAsIfNeverInterrupted(String line) {
        TestProject project = project();
        try (CliProcess process = start(project, "--rate", "200")) {
            process.await(line).kill();
        }
        resumesAsIfNeverInterrupted(project);
    }

    @Test
    @Tag("services-F-17")
    @Tag("services-case-53")
    void resume_killedInTheMiddleOfTheCopy_endsAsIfNeverInterrupted() {
        TestProject project = project();
        try (CliProcess process = start(project, "--rate", "200")) {
            process.await("  data: ").kill();
        }
        JsonNode status = cli(project, 1).json("status").document();
        assertThat(stateOf(status, "data")).isEqualTo("RUNNING");
        assertThat(status.at("/runs/0/keysWritten").asLong()).isPositive();
        assertThat(cli(project, 1).run("validate").exitCode()).isEqualTo(1);
        assertThat(target.dbSize()).as("with the stage").isBetween(2L, (long) reference.size());
        resumesAsIfNeverInterrupted(project);
        try (Jedis redis = server.connect()) {
            assertThat(LegacyData.snapshot(redis).differences(legacy)).isEmpty();
        }
        assertThat(cli(project, 1).run("validate").exitCode()).isZero();
    }

    @Test
    void rollback_killedInTheMiddleOfTheCopy_leavesNothingBehind() {
        TestProject project = project();
        Map<String, String> before = SampleProject.hashes(project.root());
        try (CliProcess process = start(project, "--rate", "200")) {
            process.await("  data: ").kill();
        }
        Cli.Outcome undone = cli(project, 1).json("rollback", "--yes");
        assertThat(undone.exitCode()).as(undone.all()).isZero();
        assertThat(undone.document().at("/keys/removed").asLong()).isPositive();
        assertThat(target.dbSize()).isZero();
        assertThat(SampleProject.hashes(project.root())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @Tag("CLI-2")
    void migrate_signal_stopsJournaledAndSaysHowToResume(String signal) {
        TestProject project = project();
        try (CliProcess process = start(project, "--rate", "200")) {
            int exitCode = process.await("  data: ").signal(signal).exitCode();
            assertThat(exitCode).as(process.err()).isEqualTo(5);
            assertThat(process.out()).contains(": INTERRUPTED", "migrator migrate --resume");
        }
        JsonNode status = cli(project, 1).json("status").document();
        assertThat(status.at("/runs/0/state").asText()).isEqualTo("INTERRUPTED");
        assertThat(status.get("nextSteps").get(0).asText()).isEqualTo("migrator migrate --resume --yes");
        resumesAsIfNeverInterrupted(project);
    }

    @Test
    @Tag("CLI-8")
    @Tag("services-F-17")
    @Tag("services-case-56")
    void migrate_whileAnotherRuns_isToldWhoHoldsTheLock() {
        TestProject project = project();
        try (CliProcess process = start(project, "--rate", "200")) {
            process.await("  data: ");
            for (String command : List.of("migrate", "rollback")) {
                Cli.Outcome second = cli(project, 1).run(command, "--yes");
                assertThat(second.exitCode()).isEqualTo(4);
                assertThat(second.error().get(0)).startsWith("CM-402 Another run is at work");
                assertThat(second.error().get(1)).contains("'migrator migrate', process " + process.pid());
            }
            JsonNode status = cli(project, 1).json("status").document();
            assertThat(status.get("lock").asText()).contains("process " + process.pid());
            process.kill();
        }
        // the lock of a process that died is taken over at once, before its lease ends
        assertThat(cli(project, 1).run("migrate", "--yes").error().get(0)).startsWith("CM-405");
        resumesAsIfNeverInterrupted(project);
    }

    static Stream<String> journalWrites() {
        List<String> events = new ArrayList<>();
        for (String step :
                List.of("preflight", "backup", "schema", "source", "configuration", "data", "verify", "stage")) {
            events.add("update on cm_step when NEW.name = '" + step + "' and NEW.state = 'RUNNING'");
            events.add("update on cm_step when NEW.name = '" + step + "' and NEW.state <> 'RUNNING'");
        }
        events.add("insert on cm_file_change");
        events.add("insert on cm_checkpoint");
        events.add("insert on cm_checkpoint when NEW.slice = 'dependent'");
        events.add("update on cm_checkpoint when NEW.handed_out = 1");
        events.add("update on cm_checkpoint when NEW.done = 1");
        events.add("insert on cm_slice");
        events.add("update on cm_slice");
        events.add("delete on cm_slice");
        events.add("insert on cm_quarantine");
        events.add("insert on cm_stage");
        events.add("update on cm_run when NEW.state like 'COMPLETED%'");
        return events.stream();
    }

    @ParameterizedTest
    @MethodSource("journalWrites")
    void resume_journalFailedAtAWrite_endsAsIfNeverInterrupted(String event) {
        TestProject project = project();
        Path journal = project.root().resolve(".migrator/journal.db");
        JournalDatabase.open(JournalUrl.file(journal)).close();
        execute(journal, "create trigger power_cut before " + event + " begin select raise(abort, 'power cut'); end");
        Cli.Outcome failed = cli(project, 1).run("migrate", "--yes");
        assertThat(failed.exitCode()).as(failed.all()).isEqualTo(3);
        assertThat(failed.error()).hasSize(3);
        assertThat(failed.error().get(0)).startsWith("CM-307");
        execute(journal, "drop trigger power_cut");
        resumesAsIfNeverInterrupted(project);
    }

    private static void execute(Path journal, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
