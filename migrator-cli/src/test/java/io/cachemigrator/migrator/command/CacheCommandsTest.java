package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The commands that operate on the consolidated service, on a real server. */
@Tag("SVC-13")
@Tag("CLI-2")
class CacheCommandsTest {
    @TempDir
    Path folder;

    private TestRedis server;
    private CacheService service;
    private Cli cli;

    @BeforeEach
    void fill() {
        server = TestRedis.start();
        service = CacheService.open(CacheConfig.builder().redisUri(server.uri()).build());
        Region<String> users = service.region("users", String.class);
        for (int i = 0; i < 120; i++) {
            users.put("user:" + i, "value", WriteOptions.DEFAULTS.withTags(i % 2 == 0 ? "even" : "odd"));
        }
        Region<Map> answers = service.region("answers", Map.class);
        answers.put("sure", Map.of("confidence", 0.9));
        answers.put("unsure", Map.of("confidence", 0.2), WriteOptions.DEFAULTS.withTtl(WriteOptions.NO_EXPIRY));
        cli = Cli.in(TestProject.in(folder.resolve("project")).root()).always("--target", server.uri());
    }

    @AfterEach
    void stop() {
        service.close();
        server.close();
    }

    @Test
    void stats_showEntriesBytesAndPatternsOfEachRegion() {
        Cli.Outcome text = cli.run("cache-stats");
        assertThat(text.exitCode()).as(text.all()).isZero();
        assertThat(text.out()).contains("122 entries", "users", "user:{n}");
        JsonNode document = cli.json("cache-stats", "--region", "answers").document();
        assertThat(document.get("entries").asLong()).isEqualTo(2);
        assertThat(document.at("/regions/0/withoutExpiry").asLong()).isEqualTo(1);
        assertThat(document.at("/regions/0/patterns/0/pattern").asText()).isEqualTo("sure");
    }

    @Test
    void regionThatIsNotStored_isRefusedWithThoseThatAre() {
        for (String command : List.of("cache-stats", "check-cache", "clear-cache --yes", "dump-cache d")) {
            Cli.Outcome outcome = cli.always("--region", "usres").run(command.split(" "));
            assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
            assertThat(outcome.error().get(0)).contains("Region 'usres' is not in the target store");
            assertThat(outcome.error().get(1)).contains("answers, users");
        }
    }

    @Test
    @Tag("SVC-9")
    void health_upAndDown_isShownWithTheExitCodeForIt() {
        Cli.Outcome up = cli.json("cache-health");
        assertThat(up.exitCode()).isZero();
        assertThat(up.document().at("/tiers/redis/status").asText()).isEqualTo("UP");
        assertThat(up.document().at("/tiers/redis/latencyMs").asDouble()).isPositive();
        assertThat(cli.run("cache-health").out()).contains("== UP (redis://127.0.0.1:");
        server.close();
        Cli.Outcome down = cli.json("cache-health");
        assertThat(down.exitCode()).isEqualTo(3);
        assertThat(down.document().get("status").asText()).isEqualTo("DOWN");
        assertThat(down.document().at("/tiers/redis/reason").asText()).isNotEmpty();
        for (String command :
                List.of("cache-stats", "check-cache", "clear-cache --all-regions --yes", "dump-cache d")) {
            Cli.Outcome outcome = cli.run(command.split(" "));
            assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
            assertThat(outcome.error().get(0)).startsWith("CM-302");
        }
    }

    @Test
    void clear_byCriteria_removesThoseAndAsksFirst() {
        Cli.Outcome unconfirmed = cli.run("clear-cache", "--all-regions");
        assertThat(unconfirmed.exitCode()).isEqualTo(4);
        assertThat(cli.json("clear-cache", "--region", "users", "--tag", "odd", "--count")
                        .document()
                        .get("removed")
                        .asLong())
                .isEqualTo(60);
        assertThat(cli.run("clear-cache", "--region", "users", "--tag", "odd", "--pattern", "user:1*", "--yes")
                        .out())
                .contains("entries removed in users");
        assertThat(cli.json("clear-cache", "--region", "answers", "--confidence-below", "0.5", "--yes")
                        .document()
                        .get("removed")
                        .asLong())
                .isEqualTo(1);
        assertThat(service.region("answers", Map.class).exists("sure")).isTrue();
        assertThat(cli.json("clear-cache", "--all-regions", "--older-than", "7d", "--yes")
                        .document()
                        .get("removed")
                        .asLong())
                .isZero();
        assertThat(cli.run("clear-cache", "--all-regions", "--yes").exitCode()).isZero();
        assertThat(service.storedRegions()).isEmpty();
    }

    @Test
    void clear_badOptions_areExplained() {
        assertThat(cli.run("clear-cache", "--yes").error().get(0)).contains("either --region or --all-regions");
        assertThat(cli.run("clear-cache", "--region", "users", "--all-regions", "--yes")
                        .exitCode())
                .isEqualTo(2);
        for (String[] bad : new String[][] {{"--older-than", "soon"}, {"--confidence-below", "2"}}) {
            Cli.Outcome outcome = cli.run("clear-cache", "--all-regions", bad[0], bad[1], "--yes");
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.error().get(0)).contains(bad[0] + " is '" + bad[1] + "'");
        }
        assertThat(service.region("users", String.class).exists("user:1")).isTrue();
    }

    @Test
    void dumpAndWarm_bringBackWhatWasCleared() throws IOException {
        Cli.Outcome dumped = cli.json("dump-cache", "all.dump");
        assertThat(dumped.exitCode()).as(dumped.all()).isZero();
        assertThat(dumped.document().get("entries").asLong()).isEqualTo(122);
        assertThat(cli.run("dump-cache", "all.dump").exitCode())
                .as("it is there already")
                .isEqualTo(3);
        assertThat(cli.run("clear-cache", "--all-regions", "--yes").exitCode()).isZero();
        assertThat(cli.run("warm-cache", "all.dump").exitCode()).isEqualTo(4);
        Cli.Outcome warmed = cli.json("warm-cache", "all.dump", "--yes");
        assertThat(warmed.document().get("stored").asLong()).isEqualTo(122);
        assertThat(cli.json("warm-cache", "all.dump", "--yes")
                        .document()
                        .get("present")
                        .asLong())
                .isEqualTo(122);
        assertThat(service.region("users", String.class).get("user:7")).isEqualTo("value");
        Path dump = folder.resolve("project/all.dump");
        byte[] bytes = Files.readAllBytes(dump);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dump, bytes);
        Cli.Outcome damaged = cli.run("warm-cache", "all.dump", "--yes");
        assertThat(damaged.exitCode()).isEqualTo(3);
        assertThat(damaged.error().get(0)).contains("is not a whole dump; nothing was stored");
    }

    @Test
    void warm_fromAFolder_storesItsFiles() throws IOException {
        Path files = Files.createDirectories(folder.resolve("project/files"));
        Files.writeString(files.resolve("a.json"), "{\"x\": 1}");
        Files.writeString(files.resolve("b.json"), "broken");
        assertThat(cli.run("warm-cache", "files", "--yes").exitCode())
                .as("no region")
                .isEqualTo(2);
        Cli.Outcome warmed = cli.json("warm-cache", "files", "--region", "files", "--yes");
        assertThat(warmed.exitCode()).as(warmed.all()).isEqualTo(1);
        assertThat(warmed.document().get("stored").asLong()).isEqualTo(1);
        assertThat(warmed.document().get("failures").toString()).contains("b.json");
        assertThat(service.region("files", Map.class).get("a")).isEqualTo(Map.of("x", 1));
        assertThat(cli.run("warm-cache", "nowhere", "--yes").exitCode()).isEqualTo(3);
    }

    @Test
    void check_entryThatCannotBeRead_isFoundAndRepaired() {
        assertThat(cli.run("check-cache").exitCode()).isZero();
        try (Jedis redis = server.connect()) {
            redis.set("cs:users:foreign", "text of somebody else");
        }
        Cli.Outcome found = cli.json("check-cache", "--region", "users");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.document().get("found").asLong()).isEqualTo(1);
        assertThat(found.out()).doesNotContain("somebody else");
        assertThat(cli.run("check-cache", "--repair").exitCode()).isEqualTo(4);
        assertThat(cli.run("check-cache", "--repair", "--yes").out()).contains("1 entries are wrong, 1 removed");
        assertThat(cli.run("check-cache").exitCode()).isZero();
    }
}
