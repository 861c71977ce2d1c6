package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.SlowEntrance;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The performance before a migration, recorded, and after it, compared: on two real servers. */
@Tag("CLI-9")
@Tag("VAL-2")
class PerformanceBaselineTest {
    @TempDir
    Path folder;

    private TestRedis legacy;
    private TestRedis target;
    private Jedis redis;
    private TestProject project;

    @BeforeEach
    void start() throws IOException {
        legacy = TestRedis.start();
        target = TestRedis.start();
        redis = legacy.connect();
        LegacySample.load(redis);
        project = TestProject.atRest(folder.resolve("app"));
    }

    @AfterEach
    void stop() {
        redis.close();
        legacy.close();
        target.close();
    }

    private Cli cli(String targetUri) {
        return Cli.in(project.root()).always("--legacy", "redis://127.0.0.1:" + legacy.port(), "--target", targetUri);
    }

    @Test
    @DisplayName("recorded before, compared after: figures of both paths, and nothing of the measurement is left")
    void baseline_recordedAndCompared_givesBothPathsAndLeavesNothing() {
        Cli cli = cli("redis://127.0.0.1:" + target.port());
        Set<String> before = keys(legacy);

        Cli.Outcome recorded = cli.json("validate", "--record-baseline", "before.json");
        assertThat(recorded.exitCode()).isZero();
        assertThat(recorded.document().at("/performance/verdict").asText()).isEqualTo("RECORDED");
        assertThat(keys(legacy)).isEqualTo(before);
        assertThat(project.read("before.json")).contains("operationsPerSecond").doesNotContain("conv:");

        assertThat(cli.run("migrate", "--yes").exitCode()).isEqualTo(1);
        Set<String> copied = keys(target);
        Cli.Outcome compared = cli.json("validate", "--baseline", "before.json");

        JsonNode performance = compared.document().at("/performance");
        assertThat(performance.at("/verdict").asText()).isIn("OK", "WORSE");
        assertThat(compared.exitCode()).isEqualTo(performance.at("/worse").isEmpty() ? 0 : 1);
        assertThat(performance.at("/ratio").asDouble())
                .isBetween(
                        performance.at("/interval/0").asDouble(),
                        performance.at("/interval/1").asDouble());
        for (String path : new String[] {"recorded", "legacy", "service"}) {
            JsonNode figures = performance.at("/" + path);
            assertThat(figures.at("/operationsPerSecond").asDouble()).as(path).isPositive();
            assertThat(figures.at("/readMicros").asDouble()).as(path).isPositive();
            assertThat(figures.at("/connections").asLong()).as(path).isPositive();
        }
        assertThat(performance.at("/service/hitRate").asDouble()).isPositive();
        assertThat(keys(legacy)).isEqualTo(before);
        assertThat(keys(target)).isEqualTo(copied);
    }

    @Test
    @DisplayName("a service that is slower than nine tenths of the legacy path is a difference, and exits 1")
    void baseline_slowerService_isADifference() throws IOException {
        assertThat(cli("redis://127.0.0.1:" + target.port())
                        .json("validate", "--record-baseline", "before.json")
                        .exitCode())
                .isZero();
        try (SlowEntrance slow = new SlowEntrance(target.port(), Duration.ofMillis(1))) {
            Cli cli = cli(slow.uri());
            cli.run("migrate", "--yes");
            Cli.Outcome compared = cli.json("validate", "--baseline", "before.json");

            assertThat(compared.exitCode()).isEqualTo(1);
            assertThat(compared.document().at("/performance/verdict").asText()).isEqualTo("WORSE");
            assertThat(compared.document().at("/performance/worse").toString()).contains("asked is 0.90");
            assertThat(compared.document().at("/performance/ratio").asDouble()).isLessThan(0.9);
        }
    }

    @Test
    @DisplayName("entries that the service no longer finds are a difference, however fast it is")
    void baseline_missingEntries_areADifference() {
        Cli cli = cli("redis://127.0.0.1:" + target.port());
        assertThat(cli.json("validate", "--record-baseline", "before.json").exitCode())
                .isZero();

        Cli.Outcome compared = cli.json("validate", "--baseline", "before.json");

        assertThat(compared.exitCode()).isEqualTo(1);
        assertThat(compared.document().at("/performance/worse").toString()).contains("of the reads hit");
    }

    @Test
    void baseline_badFiles_areRefused() throws IOException {
        Cli cli = cli("redis://127.0.0.1:" + target.port());
        Files.writeString(project.root().resolve("other.json"), "{\"a\": 1}");

        assertThat(cli.run("validate", "--baseline", "none.json").exitCode()).isEqualTo(3);
        assertThat(cli.run("validate", "--baseline", "other.json").exitCode()).isEqualTo(3);
        assertThat(cli.run("validate", "--baseline", "a.json", "--record-baseline", "b.json")
                        .exitCode())
                .isEqualTo(2);
    }

    private static Set<String> keys(TestRedis server) {
        try (Jedis jedis = server.connect()) {
            return new TreeSet<>(jedis.keys("*"));
        }
    }
}
