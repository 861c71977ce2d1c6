package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A plan that no longer says what is there is refused, naming what changed. */
@Tag("CLI-6")
class PlanDriftTest {
    private static TestRedis server;
    private static Jedis redis;

    @TempDir
    Path folder;

    private TestProject project;
    private String plan = "";

    @BeforeAll
    static void startServer() {
        server = TestRedis.start();
        redis = server.connect();
    }

    @AfterAll
    static void stopServer() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void makePlan() {
        redis.flushAll();
        LegacySample.load(redis);
        project = TestProject.in(folder.resolve("project")).file(".env", "REDIS_POOL_SIZE=5\n");
        plan = dryRun(project);
    }

    private String dryRun(TestProject of) {
        return cli(of).json("dry-run").document().at("/plan/file").asText();
    }

    private Cli cli(TestProject of) {
        return Cli.in(of.root()).always("--legacy", server.uri());
    }

    private String refused(int exitCode) {
        Cli.Outcome outcome = cli(project).run("migrate", "--plan", plan, "--yes");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(2)).contains("migrator dry-run");
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
        assertThat(cli(project).json("status").document().get("runs")).isEmpty();
        return outcome.error().get(1);
    }

    @Test
    void nothingChanged_planIsApplied() {
        Cli.Outcome outcome = cli(project).run("migrate", "--plan", plan, "--yes");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("COMPLETED_WITH_ERRORS");
    }

    @Test
    void settingsFileChanged_isNamed() {
        project.file(".env", "REDIS_POOL_SIZE=6\n");
        assertThat(refused(4)).contains("the file .env has changed");
    }

    @Test
    void settingsFileGone_isNamed() throws IOException {
        Files.delete(project.root().resolve(".env"));
        assertThat(refused(4)).contains("the file .env no longer holds");
    }

    @Test
    void anotherSettingsFileAppeared_isNamed() {
        project.file("conf/app.properties", "redis.pool.size=5\n");
        assertThat(refused(4)).contains("the file conf/app.properties holds legacy usage now");
    }

    @Test
    void keySpaceGrown_isNamed() {
        for (int i = 0; i < 1_000; i++) {
            redis.set("ngx:conv:new-" + i, "{}");
        }
        assertThat(refused(4)).contains("the key space 'conversations' has grown from 3 to 1003 keys");
    }

    @Test
    void keySpaceAppeared_isNamed() {
        redis.del("ngx:exp:exp-2025-08:B");
        plan = dryRun(project);
        redis.set("ngx:exp:exp-1:A", "{}");
        assertThat(refused(4)).contains("the key space 'experiments' has grown from 0 to 1 keys");
    }

    @Test
    void keySpaceVanished_isNamed() {
        redis.del("ngx:know:pricing", "ngx:know:program:PRIME");
        assertThat(refused(4)).contains("the key space 'knowledge' had 2 keys and has vanished");
    }

    @Test
    void otherStore_isNamed() {
        Cli.Outcome outcome = cli(project).run("migrate", "--plan", plan, "--yes", "--target", server.uri() + "/5");
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.error().get(1))
                .contains("target store was")
                .contains("/0")
                .contains("/5");
    }

    @Test
    void anotherProjectsPlan_isRefusedEvenByForce() {
        project = TestProject.in(folder.resolve("other")).file(".env", "REDIS_POOL_SIZE=5\n");
        assertThat(refused(4)).contains("it was made for the project " + folder.resolve("project"));
        assertThat(cli(project)
                        .run("migrate", "--plan", plan, "--yes", "--force")
                        .exitCode())
                .isEqualTo(4);
    }

    @Test
    void editedPlan_isNoPlanAnyMore() throws IOException {
        Path file = Path.of(plan);
        Files.writeString(file, Files.readString(file).replace("\"conversations\"", "\"conversation\""));
        assertThat(refused(2)).contains("edited after dry-run wrote it");
    }

    @Test
    void planFromAnotherVersion_isNoPlan() throws IOException {
        Path file = Path.of(plan);
        Files.writeString(file, Files.readString(file).replace("\"version\" : 1", "\"version\" : 2"));
        assertThat(refused(2)).contains("version 2").contains("reads 1");
    }

    @Test
    @Tag("services-F-19")
    void force_saysWhatItOverridesAndAppliesWhatIsThere() {
        project.file(".env", "REDIS_POOL_SIZE=6\n");
        Cli.Outcome outcome = cli(project).run("migrate", "--plan", plan, "--yes", "--force");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(outcome.err()).contains("overridden by --force: the file .env has changed");
        assertThat(project.read(".env")).isEqualTo("CACHE_REDIS_POOL_SIZE=6\n");
        assertThat(cli(project).run("rollback", "--yes").exitCode()).isZero();
        assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=6\n");
    }
}
