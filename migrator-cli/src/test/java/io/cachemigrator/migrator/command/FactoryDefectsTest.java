package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What the legacy migration of the factory family got wrong, done right. */
@Tag("CLI-6")
class FactoryDefectsTest {
    private TestRedis server;
    private Jedis redis;
    private Cli cli;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestRedis.start();
        redis = server.connect();
        cli = Cli.in(TestProject.atRest(folder.resolve("shop")).root())
                .always("--family", "factory", "--legacy", server.uri());
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    @Tag("factory-DEF-46")
    void migrate_toATargetThatIsDown_countsNothingAsMoved() {
        redis.set("session:1", "rawj:1");
        LegacyData.Snapshot before = LegacyData.snapshot(redis);

        Cli.Outcome migrate = cli.run("migrate", "--yes", "--target", "redis://127.0.0.1:" + TestRedis.freePort());

        assertThat(migrate.exitCode()).isEqualTo(3);
        assertThat(migrate.out()).doesNotContain("COMPLETED");
        assertThat(LegacyData.snapshot(redis).differences(before)).isEmpty();
    }

    @Test
    @Tag("factory-DEF-49")
    void validate_emptyAgainstEmpty_succeeds() {
        Cli.Outcome validate = cli.json("validate");

        assertThat(validate.exitCode()).isZero();
        assertThat(validate.document().get("compared").asLong()).isZero();
        assertThat(validate.document().get("differences")).isEmpty();
    }

    @Test
    @Tag("factory-DEF-51")
    void migrate_oneBadEntryOfAThousand_movesAllOthers() {
        for (int i = 0; i < 999; i++) {
            redis.set("session:" + i, "rawj:" + i);
        }
        redis.set("session:bad", "compressed:x");

        JsonNode migrate = cli.json("migrate", "--yes").document();

        JsonNode web = migrate.get("keySpaces").get(0);
        assertThat(web.get("written").asLong()).isEqualTo(999);
        assertThat(web.get("quarantined").asLong()).isEqualTo(1);
        assertThat(migrate.get("quarantined").get(0).get("reason").asText()).isEqualTo("CORRUPT_ZLIB");
        assertThat(TargetEntries.of(redis)).hasSize(999);
    }
}
