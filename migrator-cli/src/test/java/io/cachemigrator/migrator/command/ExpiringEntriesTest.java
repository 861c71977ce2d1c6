package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Entries that expire between the plan and the copy. */
class ExpiringEntriesTest {
    @TempDir
    Path folder;

    @Test
    @Tag("CLI-6")
    @Tag("services-case-48")
    void migrate_entryThatExpiredSinceThePlan_isNoFailure() {
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            TestProject project = TestProject.atRest(folder.resolve("project"));
            redis.set("ngx:stays", "1");
            redis.set("ngx:soon", "1", SetParams.setParams().px(2_000));
            Cli cli = Cli.in(project.root()).always("--legacy", server.uri());
            String plan = cli.json("dry-run").document().at("/plan/file").asText();

            while (redis.exists("ngx:soon")) {
                Thread.onSpinWait();
            }
            Cli.Outcome migrate = cli.json("migrate", "--plan", plan, "--yes");

            assertThat(migrate.exitCode()).isZero();
            JsonNode document = migrate.document();
            assertThat(document.get("quarantined")).isEmpty();
            long written = 0;
            for (JsonNode space : document.get("keySpaces")) {
                written += space.get("written").asLong();
            }
            assertThat(written).isEqualTo(1);
            assertThat(TargetEntries.of(redis)).containsOnlyKeys("cs:general:stays");
        }
    }
}
