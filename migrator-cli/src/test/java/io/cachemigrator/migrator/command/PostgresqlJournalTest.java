package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.ShimApplication;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The same journal in a PostgreSQL database. */
@Tag("CLI-7")
@Tag("CLI-8")
class PostgresqlJournalTest {

    @Test
    void journalInPostgresql_migrateInterruptResumeStatusAndRollback(@TempDir Path folder) throws IOException {
        TestProject project = TestProject.atRest(folder.resolve("project")).file(".env", "REDIS_POOL_SIZE=5\n");
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            LegacySample.loadMany(redis, 1_500);
            String journal = database.getJdbcUrl("postgres", "postgres") + "&password=S3CRET";
            Cli cli = Cli.in(project.root()).always("--legacy", server.uri(), "--journal", journal);
            assertThat(cli.json("status").document().get("runs")).isEmpty();
            try (CliProcess process = CliProcess.start(
                    project.root(),
                    "migrate",
                    "--yes",
                    "--rate",
                    "200",
                    "--legacy",
                    server.uri(),
                    "--journal",
                    journal)) {
                process.await("  data: ");
                Cli.Outcome second = cli.run("migrate", "--yes");
                assertThat(second.exitCode()).isEqualTo(4);
                assertThat(second.error().get(1)).contains("process " + process.pid());
                process.kill();
            }
            assertThat(cli.json("status").document().at("/runs/0/state").asText())
                    .isEqualTo("RUNNING");
            Cli.Outcome resumed = cli.run("migrate", "--resume", "--yes");
            assertThat(resumed.exitCode()).as(resumed.all()).isEqualTo(1);
            assertThat(resumed.out()).contains("COMPLETED_WITH_ERRORS").doesNotContain("S3CRET");
            assertThat(cli.run("validate").exitCode()).isZero();
            JsonNode status = cli.json("status").document();
            assertThat(status.at("/stage/name").asText()).isEqualTo("CONSOLIDATED");
            assertThat(status.at("/remaining/keys").asLong()).isEqualTo(3);
            try (ShimApplication follower = ShimApplication.start(
                            0,
                            "REDIS_URL=" + server.uri(),
                            "CACHE_STAGE_JOURNAL=" + journal,
                            "CACHE_STAGE_NAME=project")
                    .begin()) {
                JsonNode moved =
                        cli.json("rollout", "--to", "dual-write", "--yes").document();
                assertThat(moved.at("/processes/0/stage").asText()).isEqualTo("DUAL_WRITE");
                assertThat(moved.at("/processes/0/process").asText()).startsWith(String.valueOf(follower.pid()));
            }
            assertThat(cli.run("rollback", "--yes").exitCode()).isZero();
            assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
            assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
            assertThat(project.stateFiles()).noneMatch(name -> name.contains("journal.db"));
        }
    }
}
