package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Undoing runs, alone and one over another, with an application at work beside them. */
@Tag("CLI-10")
class RollbackTest {
    private static final String SETTINGS = "REDIS_POOL_SIZE=5\n";
    private static TestRedis server;
    private static Jedis redis;

    @TempDir
    Path folder;

    private TestProject project;

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
    void makeProject() {
        redis.flushAll();
        project = TestProject.in(folder.resolve("project"))
                .file(".env", SETTINGS)
                // no application runs here
                .file("migrator.yml", "stage-wait: PT0S\n");
    }

    private Cli cli() {
        return Cli.in(project.root()).always("--legacy", server.uri());
    }

    private static CacheService service() {
        return CacheService.open(
                CacheConfig.builder().redis(RedisConfig.of(server.uri())).build());
    }

    @Test
    @Tag("CLI-6")
    @Tag("services-case-55")
    void migrate_entriesOfTheApplication_areNeitherOverwrittenNorRemoved() {
        LegacySample.load(redis);
        redis.set("ngx:conv:deleted", "{\"a\": 1}");
        try (CacheService service = service()) {
            Region<String> conversations = service.region("conversations", String.class);
            conversations.put("conv:conv-iso", "written by the application");
            conversations.put("conv:of-its-own", "not in the legacy store");
        }
        JsonNode migrate = cli().json("migrate", "--yes").document();
        assertThat(migrate.get("keySpaces"))
                .filteredOn(space -> space.get("name").asText().equals("conversations"))
                .singleElement()
                .satisfies(
                        space -> assertThat(space.get("skippedNewer").asInt()).isEqualTo(1));
        assertThat(cli().run("validate").exitCode()).isZero();
        try (CacheService service = service()) {
            Region<String> general = service.region("general", String.class);
            // changed after the copy: the copy is the application's entry from now on
            general.put("greeting", "changed since");
        }
        Cli.Outcome rollback = cli().json("rollback", "--yes");
        assertThat(rollback.exitCode()).isZero();
        assertThat(rollback.document().at("/keys/keptNewer").asInt()).isEqualTo(3);
        try (CacheService service = service()) {
            Region<String> conversations = service.region("conversations", String.class);
            assertThat(conversations.find("conv:conv-iso")).contains("written by the application");
            assertThat(conversations.find("conv:of-its-own")).contains("not in the legacy store");
            assertThat(service.region("general", String.class).find("greeting")).contains("changed since");
        }
        assertThat(TargetEntries.of(redis)).hasSize(3);
    }

    @Test
    @Tag("services-F-3")
    void rollback_ofASecondMigration_givesTheFirstOnesEntriesBack() {
        LegacySample.load(redis);
        assertThat(cli().run("migrate", "--yes").exitCode()).isEqualTo(1);
        Map<String, TargetEntries.Stored> first = TargetEntries.of(redis);
        redis.set("ngx:greeting", "\"changed in the legacy store\"");
        redis.set("ngx:added", "1");
        assertThat(cli().run("validate").exitCode()).isEqualTo(1);
        Cli.Outcome second = cli().json("migrate", "--yes");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(TargetEntries.of(redis).get("cs:general:greeting").envelope().payload())
                .asString(StandardCharsets.UTF_8)
                .contains("changed in the legacy store");
        assertThat(cli().run("validate").exitCode()).isZero();

        JsonNode rollback = cli().json("rollback", "--yes").document();
        assertThat(rollback.get("runId")).isEqualTo(second.document().get("runId"));
        Map<String, TargetEntries.Stored> after = TargetEntries.of(redis);
        assertThat(TargetEntries.essence(after)).isEqualTo(TargetEntries.essence(first));
        after.forEach((key, stored) -> {
            assertThat(stored.envelope()).isEqualTo(first.get(key).envelope());
            assertThat(stored.serverDeadlineMillis()).isCloseTo(first.get(key).serverDeadlineMillis(), within(1_000L));
        });
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
    }

    @Test
    void rollback_fileChangedSince_isRefusedUnlessForced() {
        LegacySample.load(redis);
        cli().run("migrate", "--yes");
        long copies = TargetEntries.keys(redis, "cs:*").size();
        project.file(".env", "CACHE_REDIS_POOL_SIZE=5\nADDED=1\n");
        Cli.Outcome refused = cli().run("rollback", "--yes");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.error()).hasSize(3);
        assertThat(refused.error().get(0)).startsWith("CM-404").contains(".env");
        assertThat(refused.error().get(2)).contains("--force");
        assertThat(project.read(".env")).contains("ADDED=1");
        assertThat(TargetEntries.keys(redis, "cs:*")).hasSize((int) copies);
        assertThat(cli().json("status").document().at("/stage/name").asText()).isEqualTo("CONSOLIDATED");

        Cli.Outcome forced = cli().run("rollback", "--yes", "--force");
        assertThat(forced.exitCode()).as(forced.all()).isZero();
        assertThat(project.read(".env")).isEqualTo(SETTINGS);
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
    }

    @Test
    @Tag("services-F-3")
    void rollback_withoutBackup_isRefusedAndNamesTheFile() {
        cli().run("migrate", "--yes", "--no-backup");
        assertThat(project.read(".env")).isEqualTo("CACHE_REDIS_POOL_SIZE=5\n");
        Cli.Outcome refused = cli().run("rollback", "--yes");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.error().get(2)).contains("Restore .env");
        project.file(".env", SETTINGS);
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
    }

    @Test
    @Tag("CLI-7")
    void resume_withoutBackupAskedForLate_keepsTheBackupOfTheRun() throws IOException {
        Path state = project.root().resolve(".migrator");
        Files.createDirectories(state);
        Files.writeString(state.resolve("backup"), "in the way");
        assertThat(cli().run("migrate", "--yes").exitCode()).isEqualTo(3);
        Files.delete(state.resolve("backup"));
        assertThat(cli().run("migrate", "--resume", "--no-backup", "--yes").exitCode())
                .isZero();
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
        assertThat(project.read(".env")).isEqualTo(SETTINGS);
    }

    @Test
    void rollback_damagedBackup_isNoticedBeforeAnythingIsWritten() throws IOException {
        cli().run("migrate", "--yes");
        String migrated = project.read(".env");
        for (String name : project.stateFiles()) {
            if (name.startsWith(".migrator/backup")) {
                Files.writeString(project.root().resolve(name), "damaged");
            }
        }
        Cli.Outcome outcome = cli().run("rollback", "--yes");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error().get(0)).startsWith("CM-309 The backup file");
        assertThat(project.read(".env")).isEqualTo(migrated);
        JsonNode status = cli().json("status").document();
        assertThat(status.at("/stage/name").asText()).isEqualTo("CONSOLIDATED");
        assertThat(status.at("/runs/0/state").asText()).startsWith("COMPLETED");
    }

    @Test
    @Tag("CLI-7")
    void rollback_killed_isRunAgainAndEndsTheSame() {
        LegacySample.load(redis);
        LegacySample.loadMany(redis, 3_000);
        LegacyData.Snapshot before = LegacyData.snapshot(redis);
        cli().run("migrate", "--yes");
        try (CliProcess process = CliProcess.start(project.root(), "rollback", "--yes", "--legacy", server.uri())) {
            process.await("Reads and writes are on the legacy path").kill();
        }
        JsonNode status = cli().json("status").document();
        assertThat(status.at("/runs/0/state").asText()).isIn("ROLLING_BACK", "UNDONE");
        if (status.at("/runs/0/state").asText().equals("ROLLING_BACK")) {
            Cli.Outcome resume = cli().run("migrate", "--resume", "--yes");
            assertThat(resume.exitCode()).isEqualTo(4);
            assertThat(resume.error().get(2)).contains("migrator rollback --run");
            assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
        }
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
        assertThat(LegacyData.snapshot(redis).differences(before)).isEmpty();
        assertThat(project.read(".env")).isEqualTo(SETTINGS);
    }

    @Test
    @Tag("CLI-9")
    @Tag("services-F-12")
    void validate_corruptedMissingAndExtraEntries_areDifferencesByKind() {
        LegacySample.load(redis);
        cli().run("migrate", "--yes");
        redis.del("cs:customers:cust:cust-1001");
        redis.del("ngx:exp:exp-2025-08:B");
        redis.set("ngx:greeting", "\"other\"");
        redis.persist("ngx:feature_flags");
        Cli.Outcome outcome = cli().json("validate");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.document().get("differences"))
                .extracting(
                        one -> one.get("kind").asText() + " " + one.get("id").asText())
                .contains("MISSING cust:cust-1001", "EXTRA exp:exp-2025-08:B", "VALUE greeting", "TTL feature_flags");
        assertThat(cli().run("validate").out()).contains("MISSING 'cust:cust-1001' in region 'customers'");
        JsonNode sample = cli().json("validate", "--sample", "10").document();
        assertThat(sample.at("/scope/mode").asText()).isEqualTo("sample");
        // which ten are taken is chance, and so is how many of the four are among them
        double equal = sample.get("equal").asDouble() / sample.get("compared").asDouble();
        assertThat(sample.at("/scope/confidence").asDouble()).isBetween(0.0, Math.min(0.99, equal));
    }

    @Test
    @Tag("CLI-6")
    void migrate_onlyData_leavesFilesAndStageAlone() {
        LegacySample.load(redis);
        Cli.Outcome outcome = cli().run("migrate", "--only", "data", "--yes");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(project.read(".env")).isEqualTo(SETTINGS);
        assertThat(TargetEntries.keys(redis, "cs:*")).isNotEmpty();
        assertThat(cli().json("status").document().at("/stage/name").asText()).isEqualTo("LEGACY");
        assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
        assertThat(cli().run("migrate", "--only", "config", "--yes").exitCode()).isZero();
        assertThat(project.read(".env")).isEqualTo("CACHE_REDIS_POOL_SIZE=5\n");
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
    }
}
