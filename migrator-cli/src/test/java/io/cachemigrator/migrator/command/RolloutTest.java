package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.ShimApplication;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Moving the stage, with and without applications that follow it. */
@Tag("CLI-12")
@SuppressWarnings("removal") // the legacy classes are what applications use
class RolloutTest {
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
        project = TestProject.in(folder.resolve("my app")).file(".env", "REDIS_POOL_SIZE=5\n");
    }

    private Cli cli() {
        return Cli.in(project.root()).always("--legacy", server.uri());
    }

    private String key() {
        return redis.get("cs:{!}stage:my app");
    }

    private ShimApplication application(String... more) {
        List<String> variables = new ArrayList<>(List.of("REDIS_URL=" + server.uri()));
        variables.addAll(List.of(more));
        return ShimApplication.start(0, variables.toArray(String[]::new));
    }

    @Test
    void rollout_nothingDoneYet_showsLegacyAndHowToFollow() {
        Cli.Outcome outcome = cli().run("rollout");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("== Stage LEGACY", "CACHE_STAGE_FILE=", "CACHE_STAGE_NAME=my app");
        assertThat(project.stateFiles()).isEmpty();
        JsonNode document = cli().json("rollout").document();
        assertThat(document.get("stage").asText()).isEqualTo("LEGACY");
        assertThat(document.get("percent").asInt()).isZero();
        assertThat(document.get("since").isNull()).isTrue();
        assertThat(document.get("processes")).isEmpty();
    }

    @Test
    @Tag("SHM-3")
    void applicationThatFollowsTheJournal_isWaitedForAndListed() {
        assertThat(cli().run("rollout", "--to", "shadow", "--yes").exitCode()).isZero();
        String journal = "jdbc:sqlite:" + project.root().resolve(".migrator").resolve("journal.db");
        try (ShimApplication follower = application("CACHE_STAGE_JOURNAL=" + journal, "CACHE_STAGE_NAME=my app")
                .begin()) {
            JsonNode moved =
                    cli().json("rollout", "--to", "dual-write", "--yes").document();
            assertThat(moved.get("processes")).hasSize(1);
            assertThat(moved.at("/processes/0/stage").asText()).isEqualTo("DUAL_WRITE");
            assertThat(moved.at("/processes/0/process").asText()).startsWith(String.valueOf(follower.pid()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--to canary", "--to shadow --percent 5", "--to canary --percent 101", "--to everywhere"})
    @Tag("CLI-2")
    void rollout_badOptions_areUsage(String options) {
        List<String> line = new ArrayList<>(List.of("rollout", "--yes"));
        line.addAll(List.of(options.split(" ")));
        Cli.Outcome outcome = cli().run(line.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.error()).hasSize(3);
    }

    @Test
    @Tag("CLI-2")
    void rollout_withoutYes_isRefused() {
        Cli.Outcome outcome = cli().run("rollout", "--to", "shadow");
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.error().get(0)).startsWith("CM-403");
        assertThat(key()).isNull();
    }

    @Test
    void rollout_pastDualWriteWithoutVerification_isRefusedUnlessForced() {
        Cli.Outcome refused = cli().run("rollout", "--to", "canary", "--percent", "5", "--yes");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.error().get(0)).startsWith("CM-411");
        assertThat(refused.error().get(2)).contains("migrator migrate --stage dual-write");
        assertThat(key()).isNull();
        Cli.Outcome forced = cli().run("rollout", "--to", "canary", "--percent", "5", "--yes", "--force");
        assertThat(forced.exitCode()).as(forced.all()).isZero();
        assertThat(forced.err()).contains("overridden by --force: No run", "stage: DUAL_WRITE", "stage: CANARY(5)");
        assertThat(key()).isEqualTo("CANARY(5)");
        assertThat(project.read(".migrator/stage")).isEqualTo("CANARY(5)\n");
        assertThat(cli().json("status").document().get("stage").toString())
                .startsWith("{\"name\":\"CANARY\",\"percent\":5,");
    }

    @Test
    void rollout_verifiedAndKeptUp_goesUpAndBackInStepsThatApplicationsFollow() {
        LegacySample.load(redis);
        redis.del("ngx:conv:bad", "ngx:conv:broken");
        try (ShimApplication byFile =
                        application("CACHE_STAGE_FILE=" + project.root().resolve(".migrator/stage"));
                ShimApplication byKey = application("CACHE_STAGE_URI=" + server.uri(), "CACHE_STAGE_NAME=my app");
                StagePlace file = StageSources.file(project.root().resolve(".migrator/stage"), Clock.systemUTC())) {
            file.write(new Stage.Legacy());
            byFile.begin();
            byKey.begin();
            Cli.Outcome migrate = cli().run("migrate", "--stage", "dual-write", "--yes");
            assertThat(migrate.exitCode()).as(migrate.all()).isLessThan(2);
            JsonNode shown = cli().json("rollout").document();
            assertThat(shown.get("stage").asText()).isEqualTo("DUAL_WRITE");
            assertThat(shown.get("processes"))
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.get("stage").asText()).isEqualTo("DUAL_WRITE"));

            Cli.Outcome up = cli().run("rollout", "--to", "consolidated", "--yes");
            assertThat(up.exitCode()).as(up.all()).isZero();
            assertThat(up.err())
                    .contains("stage: CANARY(100)", "stage: CONSOLIDATED")
                    .doesNotContain("DUAL_WRITE");
            assertThat(up.out()).contains("CONSOLIDATED");
            JsonNode back = cli().json("rollout", "--to", "canary", "--percent", "25", "--yes")
                    .document();
            assertThat(back.get("percent").asInt()).isEqualTo(25);
            assertThat(back.get("processes"))
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.get("stage").asText()).isEqualTo("CANARY(25)"));
            Cli.Outcome again = cli().run("rollout", "--to", "canary", "--percent", "50", "--yes");
            assertThat(again.exitCode())
                    .as("verified before, and written to both since")
                    .isZero();
            Cli.Outcome down = cli().run("rollout", "--to", "legacy", "--yes");
            assertThat(down.err()).contains("stage: DUAL_WRITE", "stage: LEGACY");
            Cli.Outcome late = cli().run("rollout", "--to", "canary", "--percent", "50", "--yes");
            assertThat(late.error().get(0)).as("not kept up at LEGACY").startsWith("CM-411");
        }
    }

    @Test
    void rollout_processThatOverridesTheStage_isRefusedUnlessForced() {
        try (ShimApplication stuck = application(
                        "CACHE_STAGE_URI=" + server.uri(), "CACHE_STAGE_NAME=my app", "USE_CONSOLIDATED_CACHE=no");
                StagePlace place = StageSources.file(project.root().resolve(".migrator/stage"), Clock.systemUTC())) {
            place.write(new Stage.Legacy());
            stuck.begin();
            Cli.Outcome refused = cli().run("rollout", "--to", "dual-write", "--yes");
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.error().get(0)).startsWith("CM-410").contains(String.valueOf(stuck.pid()));
            assertThat(refused.error().get(1)).contains("USE_CONSOLIDATED_CACHE");
            assertThat(key()).isNull();
            Cli.Outcome forced = cli().run("rollout", "--to", "dual-write", "--yes", "--force");
            assertThat(forced.exitCode()).as(forced.all()).isZero();
            assertThat(key()).isEqualTo("DUAL_WRITE");
        }
    }

    @Test
    @Tag("CLI-10")
    void rollback_ofWhatWasRolledOut_leavesNoStageInTheTarget() {
        LegacySample.load(redis);
        cli().run("migrate", "--yes");
        assertThat(key()).isEqualTo("CONSOLIDATED");
        Cli.Outcome rollback = cli().run("rollback", "--yes");
        assertThat(rollback.exitCode()).as(rollback.all()).isZero();
        assertThat(rollback.err()).contains("stage: DUAL_WRITE", "stage: LEGACY");
        assertThat(TargetEntries.keys(redis, "cs:*")).isEmpty();
        assertThat(project.read(".migrator/stage")).isEqualTo("LEGACY\n");
    }

    @Test
    @Tag("CLI-10")
    void rollback_changesThatNoMirrorHasHandedOver_areCarriedBack() {
        LegacySample.load(redis);
        cli().run("migrate", "--yes");
        Map<String, String> alone = Map.of("CACHE_MIRROR_LEGACY", "false", "USE_CONSOLIDATED_CACHE", "true");
        ShimApplication.once(server.uri(), alone, cache -> {
            cache.set("conv:new", Map.of("made", "at the target"));
            cache.set("greeting", "changed");
            cache.increment("visits", 7);
        });
        assertThat(redis.exists("ngx:conv:new")).isFalse();
        Cli.Outcome rollback = cli().json("rollback", "--yes");
        assertThat(rollback.exitCode()).as(rollback.all()).isZero();
        assertThat(redis.get("ngx:conv:new")).contains("at the target");
        assertThat(redis.pttl("ngx:conv:new")).isPositive();
        assertThat(redis.get("ngx:greeting")).isEqualTo("\"changed\"");
        assertThat(redis.get("ngx:visits")).isEqualTo("7");
        assertThat(rollback.document().at("/keys/carriedBack").asInt()).isEqualTo(3);
    }

    @Test
    @Tag("CLI-10")
    void rollback_deletionsThatNoMirrorHasHandedOver_areCarriedBackAndLossesAreNot() {
        LegacySample.load(redis);
        redis.set("ngx:conv:deleted", "{\"a\":1}");
        redis.set("ngx:conv:lost", "{\"a\":1}");
        redis.set("ngx:conv:again", "{\"a\":1}");
        cli().run("migrate", "--yes");
        Map<String, String> alone = Map.of("CACHE_MIRROR_LEGACY", "false", "USE_CONSOLIDATED_CACHE", "true");
        ShimApplication.once(server.uri(), alone, cache -> {
            cache.delete("conv:deleted");
            cache.delete("conv:again");
            cache.set("conv:again", Map.of("b", 2));
        });
        // as an eviction does, which nobody remembers
        redis.del("cs:conversations:conv:lost");
        Cli.Outcome rollback = cli().json("rollback", "--yes");
        assertThat(rollback.exitCode()).as(rollback.all()).isZero();
        assertThat(redis.exists("ngx:conv:deleted")).isFalse();
        assertThat(redis.get("ngx:conv:lost")).isEqualTo("{\"a\":1}");
        assertThat(redis.get("ngx:conv:again")).contains("\"b\"");
        assertThat(redis.exists("ngx:greeting")).isTrue();
        assertThat(rollback.document().at("/keys/carriedBack").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shadow", "dual-write", "canary --percent 25", "consolidated"})
    @Tag("CLI-10")
    @Tag("SHM-3")
    void rollback_fromAnyStage_goesOnOnceReadsAreOnTheLegacyPath(String stage) throws Exception {
        LegacySample.load(redis);
        try (ShimApplication busy = application("CACHE_STAGE_URI=" + server.uri(), "CACHE_STAGE_NAME=my app")
                .begin()) {
            assertThat(cli().run("migrate", "--yes", "--stage", "dual-write").exitCode())
                    .isLessThanOrEqualTo(1);
            Cli.Outcome moved = cli().run(("rollout --force --yes --to " + stage).split(" "));
            assertThat(moved.exitCode()).as(moved.all()).isZero();
            CompletableFuture<Cli.Outcome> rollback =
                    CompletableFuture.supplyAsync(() -> cli().run("rollback", "--yes"));
            Set<String> legacyReads = Set.of("LEGACY", "DUAL_WRITE", "SHADOW");
            try (Jedis watching = server.connect()) {
                boolean copiesThere = watching.exists("cs:general:greeting");
                while (!rollback.isDone() && !followers(watching).stream().allMatch(legacyReads::contains)) {
                    assertThat(copiesThere)
                            .as("copies while a process reads them")
                            .isTrue();
                    copiesThere = watching.exists("cs:general:greeting");
                }
                assertThat(followers(watching)).isNotEmpty().allMatch(legacyReads::contains);
            }
            assertThat(rollback.join().exitCode()).as(rollback.join().all()).isZero();
            assertThat(busy.pid()).isPositive();
        }
        assertThat(redis.exists("ngx:greeting")).isTrue();
    }

    private static List<String> followers(Jedis watching) {
        return watching.hvals("cs:{!}stage:my app:seen").stream()
                .map(report -> report.substring(0, report.indexOf(';')))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage: DUAL_WRITE", "carried back: 1", "stage: LEGACY", "files restored"})
    @Tag("CLI-7")
    @Tag("CLI-10")
    void rollback_killed_isRunAgainAndEndsTheSame(String line) {
        project.file("migrator.yml", "stage-wait: PT0S\n");
        LegacySample.load(redis);
        cli().run("migrate", "--yes");
        Map<String, String> alone = Map.of("CACHE_MIRROR_LEGACY", "false");
        ShimApplication.once(server.uri(), alone, cache -> cache.set("conv:new", "made at the target"));
        try (CliProcess process = CliProcess.start(project.root(), "rollback", "--yes", "--legacy", server.uri())) {
            process.await(line).kill();
        }
        Cli.Outcome again = cli().run("rollback", "--yes");
        // one that was quick enough to end has nothing left to undo
        assertThat(again.exitCode()).as(again.all()).isIn(0, 4);
        assertThat(cli().json("status").document().at("/runs/0/state").asText()).isEqualTo("UNDONE");
        assertThat(redis.get("ngx:conv:new")).isEqualTo("\"made at the target\"");
        assertThat(TargetEntries.keys(redis, "cs:*")).containsExactly("cs:conversations:conv:new");
        assertThat(project.read(".migrator/stage")).isEqualTo("LEGACY\n");
        assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
    }
}
