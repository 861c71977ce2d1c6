package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The whole path on every entry of the factory family's sample, whose keys have no common prefix, beside entries of others. */
@Tag("CLI-6")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactoryMigrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXPECTED = Path.of("../migration-map/src/test/resources/factory-sample-expected.json");
    private static final String HOSTILE = "raw:\u0080\u0004cposix\nsystem\n\u008c\u0004true\u0085R.";
    private static final int FOREIGN = 5;

    private TestRedis server;
    private Jedis redis;
    private JsonNode expected;
    private String key;
    private TestProject project;
    private final Map<String, Long> deadlines = new TreeMap<>();
    private Map<String, TargetEntries.Stored> copies = Map.of();
    private Map<String, TargetEntries.Stored> left = Map.of();
    private LegacyData.Snapshot before;
    private LegacyData.Snapshot after;
    private final List<Cli.Outcome> outcomes = new ArrayList<>();
    private Cli.Outcome check;
    private Cli.Outcome dryRun;
    private Cli.Outcome migrate;
    private Cli.Outcome again;
    private Cli.Outcome validate;
    private Cli.Outcome rollback;

    @BeforeAll
    void runEverything(@TempDir Path folder) throws IOException {
        server = TestRedis.start();
        redis = server.connect();
        expected = JSON.readTree(Files.readString(EXPECTED));
        key = expected.get("key").textValue();
        try (InputStream data = SampleProject.FACTORY.data()) {
            LegacyData.load(redis, data);
        }
        redis.set("hostile:1".getBytes(StandardCharsets.UTF_8), HOSTILE.getBytes(StandardCharsets.ISO_8859_1));
        redis.set("health_check_1759000000", "rawj:1");
        redis.set("plain:text", "not of a cache");
        redis.sadd("some:set", "a");
        redis.set("cs:other:1", "{\"of\":\"the consolidated service\"}");
        for (String name : TargetEntries.keys(redis, "*")) {
            deadlines.put(name, TargetEntries.deadline(redis, name.getBytes(StandardCharsets.UTF_8)));
        }
        project = TestProject.in(folder.resolve("shop"))
                .file("migrator.yml", "stage-wait: PT0S\nfamilies: [factory]\nencryption-keys: [env:OLD_CACHE_KEY]\n");
        Cli cli = Cli.in(project.root()).with(Map.of("OLD_CACHE_KEY", key)).always("--legacy", server.uri());
        before = LegacyData.snapshot(redis);
        check = keep(cli.json("check"));
        dryRun = keep(cli.json("dry-run"));
        keep(cli.run("dry-run"));
        migrate = keep(
                cli.json("migrate", "--plan", dryRun.document().at("/plan/file").asText(), "--yes"));
        redis.del("cs:other:1");
        copies = TargetEntries.of(redis);
        again = keep(cli.json("migrate", "--yes"));
        validate = keep(cli.json("validate"));
        rollback = keep(cli.json("rollback", "--yes"));
        keep(cli.json("rollback", "--yes"));
        left = TargetEntries.of(redis);
        redis.set("cs:other:1", "{\"of\":\"the consolidated service\"}");
        after = LegacyData.snapshot(redis);
    }

    private Cli.Outcome keep(Cli.Outcome outcome) {
        outcomes.add(outcome);
        return outcome;
    }

    @AfterAll
    void stop() {
        redis.close();
        server.close();
    }

    @TestFactory
    @Tag("factory-DEF-50")
    @DisplayName("every entry of the sample becomes what the mapping says")
    Stream<DynamicTest> migrate_eachSampleEntry() {
        List<DynamicTest> tests = new ArrayList<>();
        expected.get("entries")
                .forEach(entry -> tests.add(DynamicTest.dynamicTest(
                        entry.get("action").textValue() + " " + entry.get("key").textValue(), () -> becomes(entry))));
        assertThat(tests).hasSize(34);
        return tests.stream();
    }

    private void becomes(JsonNode entry) throws IOException {
        String legacy = entry.get("key").textValue();
        switch (entry.get("action").textValue()) {
            case "copied", "copied-with-key", "value-only" -> isCopied(legacy, entry.get("decoded"));
            case "set-aside" ->
                assertThat(setAside()).containsEntry(legacy, entry.get("error").textValue());
            default -> {
                assertThat(copies).doesNotContainKey(place(legacy));
                assertThat(setAside()).doesNotContainKey(legacy);
            }
        }
    }

    private void isCopied(String legacy, JsonNode decoded) throws IOException {
        assertThat(copies).containsKey(place(legacy));
        Envelope envelope = copies.get(place(legacy)).envelope();
        assertThat(envelope.codec()).isEqualTo(Envelope.CODEC_JSON);
        assertThat(JSON.readTree(envelope.payload())).isEqualTo(decoded);
        long deadline = deadlines.get(legacy);
        if (deadline < 0) {
            assertThat(envelope.deadlineMillis()).isEqualTo(Envelope.NO_DEADLINE);
        } else {
            assertThat(envelope.deadlineMillis()).isCloseTo(deadline, within(1_000L));
        }
        if (legacy.startsWith("ai_cache:op:")) {
            assertThat(envelope.tags()).containsExactly("operation:" + legacy.substring(12, legacy.indexOf('|')));
        }
    }

    private static String place(String legacy) {
        return legacy.startsWith("ai_cache:") ? "cs:ai-responses:" + legacy.substring(9) : "cs:web:" + legacy;
    }

    private Map<String, String> setAside() {
        Map<String, String> reasons = new TreeMap<>();
        migrate.document()
                .get("quarantined")
                .forEach(one ->
                        reasons.put(one.get("key").asText(), one.get("reason").asText()));
        return reasons;
    }

    @Test
    @Tag("factory-DEF-47")
    void migrate_whatCannotBeRead_isCountedAndEndsInErrors() {
        assertThat(migrate.exitCode()).isEqualTo(1);
        assertThat(migrate.document().get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(setAside())
                .containsOnlyKeys("ai_cache:op:summarize|txt:broken entry", "hostile:1")
                .containsEntry("hostile:1", "UNSAFE_PICKLE");
    }

    @Test
    @Tag("factory-DEF-52")
    void migrate_entriesOfOtherTypesAndFormats_areLeftAndCounted() {
        JsonNode web = space(migrate.document(), "web");
        long copied = copies.keySet().stream()
                .filter(copy -> copy.startsWith("cs:web:"))
                .count();

        assertThat(web.get("left").asLong()).isEqualTo(4);
        assertThat(web.get("written").asLong()).isEqualTo(copied);
        assertThat(web.get("scanned").asLong()).isEqualTo(copied + 4 + 1);
        assertThat(copies).doesNotContainKeys("cs:web:cs:other:1", "cs:web:health_check_1759000000");
    }

    @Test
    @Tag("factory-DEF-54")
    void migrate_everyKeyOfTheServer_isInExactlyOneCounter() {
        JsonNode document = check.document();
        long claimed = 0;
        for (JsonNode space : document.get("keySpaces")) {
            claimed += space.get("keys").asLong();
        }
        assertThat(claimed
                        + document.at("/excludedKeys/count").asLong()
                        + document.at("/unclaimedKeys/count").asLong())
                .isEqualTo(34 + FOREIGN - 1);
        for (JsonNode space : migrate.document().get("keySpaces")) {
            assertThat(space.get("scanned").asLong())
                    .as(space.get("name").asText())
                    .isEqualTo(space.get("written").asLong()
                            + space.get("skippedNewer").asLong()
                            + space.get("expired").asLong()
                            + space.get("quarantined").asLong()
                            + space.get("left").asLong());
        }
    }

    @Test
    void migrate_again_changesNothing() {
        for (JsonNode space : again.document().get("keySpaces")) {
            assertThat(space.get("written"))
                    .as(space.get("name").asText())
                    .isEqualTo(space(migrate.document(), space.get("name").asText())
                            .get("written"));
        }
        assertThat(again.document().get("differences").asLong()).isZero();
    }

    @Test
    @Tag("CLI-5")
    void dryRun_eachKeySpace_saysWhatBecomesOfItsKeys() {
        assertThat(outcomes.get(2).out())
                .contains("A digest cannot be undone, so the key stays")
                .contains("whoever asks has to compute the digest of the request again");
        assertThat(space(dryRun.document(), "ai-hashed").get("note").asText()).contains("has to try both");
    }

    @Test
    @Tag("CLI-9")
    @Tag("factory-DEF-48")
    void validate_afterTheCopy_findsNothing() {
        assertThat(validate.document().get("differences")).isEmpty();
        assertThat(validate.document().get("compared").asLong()).isEqualTo(copies.size());
    }

    @Test
    @Tag("CLI-10")
    @Tag("factory-DEF-53")
    void rollback_removesTheCopies_andNothingElse() {
        assertThat(rollback.exitCode()).isZero();
        assertThat(left).isEmpty();
        assertThat(after.differences(before)).isEmpty();
    }

    @Test
    @Tag("CLI-2")
    void everyCommand_showsNeitherTheKeyNorWhatItOpens() {
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.all())
                        .as(outcome.line())
                        .doesNotContain(key, key.substring(0, 20), "csrf", "Revenue grew nine percent"));
        assertThat(project.keptState()).doesNotContain(key, "csrf", "Revenue grew nine percent");
        assertThat(check.document().get("warnings"))
                .anySatisfy(warning -> assertThat(warning.asText()).contains("decrypted on their way"));
    }

    private static JsonNode space(JsonNode document, String name) {
        for (JsonNode space : document.get("keySpaces")) {
            if (space.get("name").asText().equals(name)) {
                return space;
            }
        }
        throw new AssertionError("no key space " + name);
    }
}
