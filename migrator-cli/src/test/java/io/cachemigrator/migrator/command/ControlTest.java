package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A copy that is steered from another process. */
@Tag("CLI-7")
class ControlTest {
    private static final int KEYS = 2_000;

    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis server;
    private Jedis target;

    @BeforeEach
    void start() {
        project = TestProject.atRest(folder.resolve("project"));
        server = TestRedis.start();
        try (Jedis legacy = server.connect()) {
            LegacySample.loadMany(legacy, KEYS);
        }
        target = server.connect();
        target.select(1);
    }

    @AfterEach
    void stop() {
        target.close();
        server.close();
    }

    private String[] stores() {
        return new String[] {"--legacy", server.uri() + "/0", "--target", server.uri() + "/1"};
    }

    private CliProcess slowly(String rate) {
        String[] stores = stores();
        return CliProcess.start(
                project.root(), "migrate", "--yes", "--rate", rate, stores[0], stores[1], stores[2], stores[3]);
    }

    private Cli cli() {
        return Cli.in(project.root()).always(stores());
    }

    private JsonNode lastRun() {
        return cli().json("status").document().at("/runs/0");
    }

    @Test
    @Tag("CLI-11")
    void copy_pausedThenContinuedAtAnotherRate_obeysAndSaysWhy() {
        try (CliProcess process = slowly("100")) {
            process.await("  data: ");
            JsonNode running = lastRun();
            assertThat(running.get("secondsLeft").asDouble()).isPositive();
            Cli.Outcome pause = cli().json("control", "--pause");
            assertThat(pause.exitCode()).as(pause.all()).isZero();
            assertThat(pause.document().get("paused").asBoolean()).isTrue();
            assertThat(pause.document().get("atWork").asText()).contains("process " + process.pid());
            process.await("  data: paused by `migrator control --pause`");
            long copied = target.dbSize();
            assertThat(copied).isLessThan(KEYS);
            Cli.Outcome faster = cli().json("control", "--rate", "0", "--threads", "5");
            assertThat(faster.document().get("paused").asBoolean())
                    .as("a new rate ends no pause")
                    .isTrue();
            assertThat(faster.document().get("rate").asInt()).isZero();
            Cli.Outcome goOn = cli().run("control", "--continue");
            assertThat(goOn.out()).contains("no rate limit", "5 threads");
            process.await("  data: goes on at full speed");
            assertThat(process.exitCode()).as(process.err()).isZero();
        }
        assertThat(target.keys("cs:[a-z]*")).hasSize(KEYS);
        assertThat(cli().run("validate").exitCode()).isZero();
    }

    @Test
    @Tag("CLI-11")
    void status_ofAPausedCopyThatIsKilled_resumesOnlyWhenItIsToldTo() {
        try (CliProcess process = slowly("100")) {
            process.await("  data: ");
            assertThat(cli().run("control", "--pause").exitCode()).isZero();
            process.await("  data: paused").kill();
        }
        Cli.Outcome goOn = cli().run("control", "--continue", "--rate", "0");
        assertThat(goOn.out()).contains("nobody is at work on it", "migrator migrate --resume --yes");
        Cli.Outcome resumed = cli().run("migrate", "--resume", "--yes");
        assertThat(resumed.exitCode()).as(resumed.all()).isZero();
        assertThat(target.keys("cs:[a-z]*")).hasSize(KEYS);
    }

    @Test
    void control_noRunInProgress_isRefused() {
        assertThat(cli().run("control", "--pause").error().get(0)).startsWith("CM-406");
        assertThat(cli().run("migrate", "--yes").exitCode()).isZero();
        Cli.Outcome ended = cli().run("control", "--pause");
        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.error().get(0)).startsWith("CM-406 There is no run to control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--pause --continue", "--rate -1", "--threads 0", "--threads 65"})
    void control_wrongOptions_areAUsageError(String options) {
        Cli.Outcome outcome = cli().run(("control " + options).strip().split(" "));
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
        assertThat(outcome.error().get(0)).startsWith("CM-101");
    }
}
