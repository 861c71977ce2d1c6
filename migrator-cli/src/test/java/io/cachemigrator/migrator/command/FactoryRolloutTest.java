package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.compat.factory.AiResponseCache;
import io.cachemigrator.compat.factory.GenericRedisCache;
import io.cachemigrator.compat.factory.LegacyOptions;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** An application on the legacy caches of the factory family goes the whole way and back, without a change to it. */
@Tag("CLI-12")
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what applications use
class FactoryRolloutTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXPECTED = Path.of("../migration-map/src/test/resources/factory-sample-expected.json");
    private static final Map<String, Object> ANSWER = Map.of("answer", "nine percent");
    private static final Map<String, Object> OPTIONS = Map.of("max_tokens", 150);

    @TempDir
    Path folder;

    private TestRedis server;
    private Jedis redis;
    private Path project;
    private JsonNode expected;

    @BeforeEach
    void start() throws IOException {
        server = TestRedis.start();
        redis = server.connect();
        expected = JSON.readTree(Files.readString(EXPECTED));
        project = Files.createDirectories(folder.resolve("text-lab"));
        SampleProject.FACTORY.unpack(project);
        try (InputStream data = SampleProject.FACTORY.data()) {
            LegacyData.load(redis, data);
        }
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    /** As a process has them whose environment names the stage's file. */
    private LegacyOptions options() {
        Map<String, String> environment = Map.of(
                "REDIS_URL",
                server.uri(),
                "REDIS_ENCRYPTION_KEY",
                expected.get("key").textValue(),
                "CACHE_STAGE_FILE",
                project.resolve(".migrator/stage").toString());
        return LegacyOptions.builder(environment).build();
    }

    /** Every entry that moves is found as it was. */
    private void everyEntryIsFound(GenericRedisCache cache, String when) {
        List<String> lost = new ArrayList<>();
        for (JsonNode entry : expected.get("entries")) {
            String action = entry.get("action").textValue();
            if (List.of("copied", "copied-with-key", "value-only").contains(action)) {
                String key = entry.get("key").textValue();
                JsonNode found = cache.get(key, JsonNode.class).orElse(null);
                JsonNode wanted = entry.get("decoded");
                boolean same = wanted.isNull() ? cache.lookup(key).isPresent() : wanted.equals(found);
                if (!same) {
                    lost.add(key + ": " + found + " instead of " + wanted);
                }
            }
        }
        assertThat(lost).as(when).isEmpty();
    }

    @Test
    @DisplayName("check, dry-run, migrate, validate, roll-out and rollback")
    void theWholeWay() throws IOException {
        Map<String, String> before = SampleProject.hashes(project);
        Cli cli = Cli.in(project).always("--legacy", server.uri());
        try (StagePlace stage = StageSources.file(project.resolve(".migrator/stage"), Clock.systemUTC())) {
            stage.write(new Stage.Legacy());
            try (GenericRedisCache pages = new GenericRedisCache(options());
                    AiResponseCache answers = new AiResponseCache(options())) {
                everyEntryIsFound(pages, "before");
                answers.cacheResponse("before", "qa", OPTIONS, ANSWER, "why?");

                assertThat(cli.json("check").document().at("/summary/callSites").asInt())
                        .isGreaterThan(200);
                JsonNode plan = cli.json("dry-run").document();
                Cli.Outcome migrate = cli.json(
                        "migrate",
                        "--stage",
                        "dual-write",
                        "--plan",
                        plan.at("/plan/file").asText(),
                        "--yes");
                assertThat(migrate.exitCode()).as(migrate.all()).isEqualTo(1);
                assertThat(migrate.document().at("/source/rewritten").asInt()).isGreaterThan(150);
                everyEntryIsFound(pages, "migrated");
                pages.set("session:during", Map.of("user", "anna"), Duration.ofMinutes(5));
                JsonNode validate = cli.json("validate").document();
                assertThat(validate.get("differences")).as(validate.toString()).isEmpty();

                Cli.Outcome canary = cli.run("rollout", "--to", "canary", "--percent", "50", "--yes");
                assertThat(canary.exitCode()).as(canary.all()).isZero();
                everyEntryIsFound(pages, "canary");
                Cli.Outcome up = cli.run("rollout", "--to", "consolidated", "--yes");
                assertThat(up.exitCode()).as(up.all()).isZero();
                everyEntryIsFound(pages, "consolidated");
                assertThat(answers.getCachedResponse("before", "qa", OPTIONS, "why?"))
                        .isPresent();
                answers.cacheResponse("after", "qa", OPTIONS, ANSWER, "why?");
                assertThat(pages.get("session:during")).isPresent();
                assertThat(TargetEntries.keys(redis, "cs:ai-responses:op:qa|txt:after*"))
                        .hasSize(1);

                Cli.Outcome rollback = cli.run("rollback", "--yes");
                assertThat(rollback.exitCode()).as(rollback.all()).isZero();
                everyEntryIsFound(pages, "after the rollback");
                assertThat(answers.getCachedResponse("after", "qa", OPTIONS, "why?"))
                        .as("written at the consolidated stage")
                        .isPresent();
                assertThat(pages.get("session:during")).isPresent();
            }
        }
        assertThat(SampleProject.hashes(project)).isEqualTo(before);
        assertThat(TargetEntries.keys(redis, "cs:[aw]*"))
                .as("the application's own writes, no copy")
                .allMatch(key -> key.contains("|txt:after|") || key.endsWith(":session:during"));
    }
}
