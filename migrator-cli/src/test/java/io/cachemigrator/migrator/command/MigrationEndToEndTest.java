package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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

/** The whole path once, on every entry of the sample in a real Redis: each command's outcome is kept and looked at. */
@Tag("CLI-6")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationEndToEndTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXPECTED = Path.of("../migration-map/src/test/resources/services-sample-expected.json");
    private static final List<String> READING = List.of(
            "auth",
            "hello",
            "ping",
            "info",
            "scan",
            "pttl",
            "get",
            "getrange",
            "strlen",
            "hgetall",
            "lrange",
            "smembers",
            "zrange",
            "type",
            "time",
            "exists",
            "memory|usage",
            "memory",
            "client",
            "select",
            "multi",
            "discard",
            "command",
            "config");
    private static final String PASSWORD = "s3cr3t-Pa55";

    private TestRedis server;
    private Jedis redis;
    private TestProject project;
    private List<JsonNode> expected = List.of();
    private final Map<String, byte[]> legacyValues = new TreeMap<>();
    private final Map<String, Long> legacyDeadlines = new TreeMap<>();
    private LegacyData.Snapshot before;
    private LegacyData.Snapshot afterMigration;
    private LegacyData.Snapshot after;
    private Map<String, String> filesBefore = Map.of();
    private Map<String, String> filesAfterDryRun = Map.of();
    private Map<String, String> filesAfter = Map.of();
    private Map<String, TargetEntries.Stored> copies = Map.of();
    private String settingsAfterMigration = "";
    private String commandsOfDryRun = "";
    private List<String> stateAfterDryRun = List.of();
    private final List<Cli.Outcome> outcomes = new ArrayList<>();
    private Cli.Outcome check;
    private Cli.Outcome dryRun;
    private Cli.Outcome migrate;
    private Cli.Outcome validate;
    private Cli.Outcome status;
    private Cli.Outcome rollback;
    private final Map<String, Cli.Outcome> texts = new TreeMap<>();

    @BeforeAll
    void runEverything(@TempDir Path folder) throws IOException {
        server = TestRedis.start("requirepass " + PASSWORD);
        redis = server.connect();
        redis.auth(PASSWORD);
        LegacySample.load(redis);
        expected = JSON.readerForListOf(JsonNode.class).readValue(Files.readString(EXPECTED));
        rememberLegacy();
        project = TestProject.in(folder.resolve("support desk"))
                .file(".env", TestProject.SETTINGS.formatted(PASSWORD))
                .file("src/main/resources/application.properties", "! kept\nname = x\nredis.pool-size : 7\n");
        Cli cli = Cli.in(project.root()).always("--legacy", "redis://:" + PASSWORD + "@127.0.0.1:" + server.port());
        before = LegacyData.snapshot(redis);
        filesBefore = SampleProject.hashes(project.root());

        redis.configResetStat();
        check = keep(cli.json("check"));
        texts.put("check", keep(cli.run("check")));
        dryRun = keep(cli.json("dry-run"));
        texts.put("dry-run", keep(cli.run("dry-run")));
        commandsOfDryRun = redis.info("commandstats");
        filesAfterDryRun = SampleProject.hashes(project.root());
        stateAfterDryRun = project.stateFiles();

        String plan = dryRun.document().at("/plan/file").asText();
        migrate = keep(cli.json("migrate", "--plan", plan, "--yes"));
        copies = TargetEntries.of(redis);
        afterMigration = LegacyData.snapshot(redis);
        settingsAfterMigration = project.read(".env");
        validate = keep(cli.json("validate"));
        texts.put("validate", keep(cli.run("validate")));
        status = keep(cli.json("status"));
        texts.put("status", keep(cli.run("status")));
        texts.put("cache-get", keep(cli.run("cache-get", "conversations", "conv:conv-iso")));
        texts.put("cache-get json", keep(cli.json("cache-get", "conversations", "conv:conv-iso")));
        texts.put("cache-get absent", keep(cli.json("cache-get", "conversations", "conv:absent")));
        rollback = keep(cli.json("rollback", "--yes"));
        after = LegacyData.snapshot(redis);
        filesAfter = SampleProject.hashes(project.root());
        texts.put("status undone", keep(cli.json("status")));
        texts.put("rollback again", keep(cli.run("rollback", "--yes")));
        texts.put("migrate text", keep(cli.run("migrate", "--yes")));
        texts.put("rollback text", keep(cli.run("rollback", "--yes")));
    }

    private Cli.Outcome keep(Cli.Outcome outcome) {
        outcomes.add(outcome);
        return outcome;
    }

    private void rememberLegacy() {
        for (String key : TargetEntries.keys(redis, "*")) {
            byte[] name = key.getBytes(StandardCharsets.UTF_8);
            if (redis.type(key).equals("string")) {
                legacyValues.put(key, redis.get(name));
            }
            legacyDeadlines.put(key, TargetEntries.deadline(redis, name));
        }
    }

    @AfterAll
    void stop() {
        redis.close();
        server.close();
    }

    @TestFactory
    @DisplayName("every one of the 53 entries becomes what the mapping says")
    @Tag("services-case-49")
    @Tag("services-case-50")
    Stream<DynamicTest> migrate_eachSampleEntry() {
        assertThat(expected).hasSize(53);
        return expected.stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("key").asText() + " -> "
                                + entry.get("becomes").asText(),
                        () -> becomes(entry)));
    }

    private void becomes(JsonNode entry) {
        String key = entry.get("key").asText();
        switch (entry.get("becomes").asText()) {
            case "entry" -> isCopied(entry);
            case "fold-if-absent" -> {
                if (legacyDeadlines.containsKey(entry.get("legacyKey").asText())) {
                    isSetAside(key, "CONFLICT");
                } else {
                    isCopied(entry);
                }
            }
            case "counter-merge" -> {
                Envelope sum = copies.get("cs:metrics:metr:api:requests").envelope();
                assertThat(new String(sum.payload(), StandardCharsets.US_ASCII)).isEqualTo("1508");
                assertThat(sum.deadlineMillis()).isEqualTo(Envelope.NO_DEADLINE);
            }
            case "quarantined" -> isSetAside(key, entry.get("reason").asText());
            default -> assertThat(copies.keySet()).noneMatch(copy -> copy.endsWith(key.substring(key.indexOf(':'))));
        }
    }

    private void isSetAside(String key, String reason) {
        List<String> found = new ArrayList<>();
        migrate.document().get("quarantined").forEach(one -> {
            if (one.get("key").asText().equals(key)) {
                found.add(one.get("reason").asText());
            }
        });
        assertThat(found).containsExactly(reason);
    }

    private void isCopied(JsonNode entry) {
        String key = entry.get("key").asText();
        String place =
                "cs:" + entry.get("region").asText() + ":" + entry.get("id").asText();
        assertThat(copies).containsKey(place);
        Envelope envelope = copies.get(place).envelope();
        assertThat(envelope.isMigrated()).isTrue();
        assertThat(codec(envelope)).isEqualTo(entry.get("codec").asText());
        assertThat(JSON.<JsonNode>valueToTree(envelope.tags())).isEqualTo(entry.get("tags"));
        isSameDeadline(key, envelope.deadlineMillis());
        isSameDeadline(key, copies.get(place).serverDeadlineMillis());
        if (key.equals("ngx:metr:api:requests")) {
            return; // the misnamed counter was added to it
        }
        entry.get("metadata")
                .properties()
                .forEach(wanted -> assertThat(envelope.metadata())
                        .containsEntry(wanted.getKey(), wanted.getValue().asText()));
        isPayload(entry, key, envelope.payload());
    }

    private static String codec(Envelope envelope) {
        return switch (envelope.codec()) {
            case Envelope.CODEC_BYTES -> "BYTES";
            case Envelope.CODEC_TEXT -> "STRING";
            default -> "JSON";
        };
    }

    private void isSameDeadline(String key, long deadline) {
        long legacy = legacyDeadlines.get(key);
        if (legacy < 0) {
            assertThat(deadline).isEqualTo(-1);
        } else {
            assertThat(deadline).isCloseTo(legacy, within(1_000L));
        }
    }

    private void isPayload(JsonNode entry, String key, byte[] payload) {
        String wanted = entry.get("payload").asText();
        if (wanted.equals("same")) {
            assertThat(payload).isEqualTo(legacyValues.get(key));
        } else if (wanted.startsWith("base64:")) {
            assertThat(payload).isEqualTo(Base64.getDecoder().decode(wanted.substring(7)));
        } else if (wanted.startsWith("sha256:")) {
            // it holds the time of the copy, so that only its shape can be known beforehand
            assertThat(tree(payload).get("response").get("rows")).isNotEmpty();
        } else {
            assertThat(withoutTimes(tree(payload), entry))
                    .isEqualTo(withoutTimes(tree(wanted.getBytes(StandardCharsets.UTF_8)), entry));
        }
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static JsonNode withoutTimes(JsonNode payload, JsonNode entry) {
        if (payload instanceof ObjectNode object) {
            entry.path("timeFields").forEach(field -> object.remove(field.asText()));
        }
        return payload;
    }

    @Test
    @Tag("CLI-4")
    @Tag("services-F-7")
    @Tag("services-case-46")
    void check_sampleLoaded_isReadyAndCountsEveryKey() {
        JsonNode document = check.document();
        assertThat(check.exitCode()).isZero();
        assertThat(document.get("schema").asText()).contains("cli/1");
        assertThat(document.get("command").asText()).isEqualTo("check");
        assertThat(document.get("exitCode").asInt()).isZero();
        assertThat(document.get("ready").asBoolean()).isTrue();
        assertThat(document.get("blockers")).isEmpty();
        long claimed = 0;
        for (JsonNode space : document.get("keySpaces")) {
            claimed += space.get("keys").asLong();
            assertThat(space.get("bytes").asLong()).isPositive();
            assertThat(space.get("strategy").asText()).isIn("copy", "transform", "recompute", "drop");
        }
        assertThat(claimed
                        + document.at("/excludedKeys/count").asLong()
                        + document.at("/unclaimedKeys/count").asLong())
                .isEqualTo(53);
        assertThat(document.at("/unclaimedKeys/count").asInt()).isEqualTo(2);
        assertThat(document.at("/unclaimedKeys/samples"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("ngx_test:conv:other-namespace", "unrelated:app:key");
        assertThat(texts.get("check").out())
                .contains("== Findings", "== Data", "ready to migrate", "Next: migrator dry-run");
    }

    @Test
    @Tag("CLI-3")
    void check_settings_areFindingsWithPlaceAndReplacement() {
        JsonNode finding = null;
        for (JsonNode one : check.document().get("findings")) {
            if (one.get("api").asText().equals("REDIS_PASSWORD")) {
                finding = one;
            }
        }
        assertThat(finding).isNotNull();
        assertThat(finding.get("kind").asText()).isEqualTo("CONFIG");
        assertThat(finding.get("file").asText()).isEqualTo(".env");
        assertThat(finding.get("line").asInt()).isEqualTo(4);
        assertThat(finding.get("replacement").asText()).contains("CACHE_REDIS_PASSWORD");
        assertThat(finding.get("automatic").asBoolean()).isTrue();
        assertThat(finding.at("/effortMinutes/max").isNumber()).isTrue();
        assertThat(finding.get("id").asText()).isNotEmpty();
        assertThat(finding.get("rule").asText()).isNotEmpty();
    }

    @Test
    @Tag("CLI-5")
    @Tag("services-case-46")
    void dryRun_sampleLoaded_runsNoMutatingCommand() {
        List<String> commands = commandsOfDryRun
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring(8, line.indexOf(':')))
                .toList();
        assertThat(commands).isNotEmpty().isSubsetOf(READING);
    }

    @Test
    @Tag("CLI-5")
    void dryRun_project_writesThePlanAndNothingElse() {
        assertThat(dryRun.exitCode()).isZero();
        assertThat(filesAfterDryRun).isEqualTo(filesBefore);
        assertThat(stateAfterDryRun).isNotEmpty().allMatch(name -> name.startsWith(".migrator/plans/plan-"));
    }

    @Test
    @Tag("CLI-5")
    void dryRun_json_hasPlanStepsDiffsMappingsAndEstimate() {
        JsonNode document = dryRun.document();
        assertThat(document.at("/plan/sha256").asText()).hasSize(64);
        assertThat(document.get("steps")).hasSize(8);
        assertThat(document.get("patches").isArray()).isTrue();
        assertThat(document.get("config")).hasSize(2);
        assertThat(document.at("/config/0/diff").asText()).contains("-REDIS_HOST", "+CACHE_REDIS_URI");
        assertThat(document.at("/estimate/keys").asLong()).isPositive();
        assertThat(document.at("/estimate/basis").asText()).isNotEmpty();
        for (JsonNode space : document.get("keySpaces")) {
            assertThat(space.get("sampleMappings")).isNotEmpty();
        }
        assertThat(texts.get("dry-run").out()).contains("== Configuration", "== Data", "== Steps", "Plan: ");
    }

    @Test
    @Tag("services-case-47")
    @Tag("services-F-14")
    @Tag("services-case-52")
    void migrate_withEntriesSetAside_endsWithErrorsAndSaysWhich() {
        JsonNode document = migrate.document();
        assertThat(migrate.exitCode()).isEqualTo(1);
        assertThat(document.get("exitCode").asInt()).isEqualTo(1);
        assertThat(document.get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(document.get("steps")).hasSize(8);
        document.get("steps")
                .forEach(step ->
                        assertThat(step.get("state").asText()).isIn("APPLIED", "APPLIED_WITH_ERRORS", "SKIPPED"));
        assertThat(document.get("quarantined"))
                .extracting(one -> one.get("key").asText())
                .containsExactlyInAnyOrder("ngx:foreign:hash", "ngx:foreign:list", "ngx:ngx:counter:visits");
        long written = 0;
        long verified = 0;
        for (JsonNode space : document.get("keySpaces")) {
            written += space.get("written").asLong();
            verified += space.get("verified").asLong();
            assertThat(space.get("scanned").asLong())
                    .isEqualTo(space.get("written").asLong()
                            + space.get("skippedNewer").asLong()
                            + space.get("expired").asLong()
                            + space.get("quarantined").asLong());
        }
        assertThat(verified).isEqualTo(written);
        assertThat(document.at("/backup/sha256").asText()).hasSize(64);
    }

    @Test
    @Tag("services-F-1")
    @Tag("services-F-15")
    void migrate_target_holdsNothingButTheExpectedEntries() {
        TreeSet<String> wanted = new TreeSet<>();
        for (JsonNode entry : expected) {
            boolean conflict = entry.get("becomes").asText().equals("fold-if-absent")
                    && legacyDeadlines.containsKey(entry.get("legacyKey").asText());
            if (entry.has("region") && !conflict) {
                wanted.add("cs:" + entry.get("region").asText() + ":"
                        + entry.get("id").asText());
            }
        }
        assertThat(copies.keySet()).isEqualTo(wanted);
    }

    @Test
    @Tag("services-case-60")
    void migrate_legacyAndForeignKeys_stayByteIdentical() {
        assertThat(afterMigration.differences(before)).allMatch(key -> key.startsWith("cs:"));
    }

    @Test
    void migrate_settings_keepOrderCommentsAndQuotes() {
        assertThat(settingsAfterMigration)
                .startsWith("# the cache\n")
                .contains("CACHE_REDIS_PASSWORD=\"" + PASSWORD + "\"\n")
                .contains("OTHER_SETTING=stays # with a comment\n\n")
                .contains("CACHE_REDIS_POOL_SIZE=10\n")
                .doesNotContain("\nREDIS_");
    }

    @Test
    @Tag("CLI-9")
    @Tag("services-case-47")
    void validate_afterMigration_findsNoDifference() {
        JsonNode document = validate.document();
        assertThat(validate.exitCode()).isZero();
        assertThat(document.at("/scope/mode").asText()).isEqualTo("full");
        assertThat(document.at("/scope/confidence").asDouble()).isEqualTo(1.0);
        assertThat(document.get("compared").asLong())
                .isPositive()
                .isEqualTo(document.get("equal").asLong());
        assertThat(document.get("differences")).isEmpty();
        assertThat(document.at("/contract/run").asInt()).isPositive();
        assertThat(document.at("/contract/failed")).isEmpty();
        assertThat(document.at("/performance/verdict").asText()).isEqualTo("NOT_MEASURED");
        assertThat(document.at("/architecture/violations").isArray()).isTrue();
        assertThat(texts.get("validate").out()).contains("differences: 0", " 0 failed");
    }

    @Test
    @Tag("CLI-11")
    @Tag("services-F-13")
    @Tag("services-F-16")
    void status_afterMigration_showsStageRunAndRemains() {
        JsonNode document = status.document();
        assertThat(status.exitCode()).isZero();
        assertThat(document.at("/stage/name").asText()).isEqualTo("CONSOLIDATED");
        assertThat(document.at("/stage/percent").asInt()).isEqualTo(100);
        assertThat(document.get("runs")).hasSize(1);
        assertThat(document.at("/runs/0/runId").asText())
                .isEqualTo(migrate.document().get("runId").asText());
        assertThat(document.at("/runs/0/state").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(document.at("/remaining/keys").asLong()).isEqualTo(3);
        assertThat(document.get("legacyCallSites").isArray()).isTrue();
        assertThat(texts.get("status").out()).contains("== Stage CONSOLIDATED", "data applied_with_errors");
    }

    @Test
    void cacheGet_copiedEntry_showsValueDeadlineAndMetadata() {
        Cli.Outcome text = texts.get("cache-get");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .contains("region    conversations", "id        conv:conv-iso", "deadline  20", "(copied)");
        JsonNode document = texts.get("cache-get json").document();
        assertThat(document.get("found").asBoolean()).isTrue();
        assertThat(document.get("migrated").asBoolean()).isTrue();
        assertThat(document.get("codec").asText()).isEqualTo("json");
        assertThat(document.get("value").asText().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(legacyValues.get("ngx:conv:conv-iso"));
        Cli.Outcome absent = texts.get("cache-get absent");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.document().get("found").asBoolean()).isFalse();
    }

    @Test
    @Tag("CLI-10")
    @Tag("services-F-5")
    @Tag("services-case-54")
    void rollback_afterMigration_leavesEverythingAsBefore() {
        JsonNode document = rollback.document();
        assertThat(rollback.exitCode()).isZero();
        assertThat(document.get("outcome").asText()).isEqualTo("COMPLETED");
        assertThat(document.at("/keys/removed").asInt()).isEqualTo(copies.size());
        assertThat(document.at("/keys/keptNewer").asInt()).isZero();
        assertThat(document.at("/files/restored").asInt()).isEqualTo(2);
        assertThat(document.at("/files/identical").asInt()).isEqualTo(2);
        assertThat(document.get("exports").isArray()).isTrue();
        assertThat(after.differences(before)).isEmpty();
        assertThat(after.size()).isEqualTo(53);
        assertThat(filesAfter).isEqualTo(filesBefore);
        assertThat(texts.get("status undone").document().at("/stage/name").asText())
                .isEqualTo("LEGACY");
        assertThat(texts.get("status undone").document().at("/runs/0/state").asText())
                .isEqualTo("UNDONE");
    }

    @Test
    void rollback_nothingLeftToUndo_isRefused() {
        assertThat(texts.get("rollback again").exitCode()).isEqualTo(4);
        assertThat(texts.get("rollback again").error().get(0))
                .startsWith("CM-406")
                .contains("no run to undo");
        assertThat(texts.get("migrate text").exitCode()).isEqualTo(1);
        assertThat(texts.get("migrate text").out())
                .contains("set aside: ngx:foreign:hash (FOREIGN_TYPE", ": COMPLETED_WITH_ERRORS");
        assertThat(texts.get("rollback text").exitCode()).isZero();
        assertThat(texts.get("rollback text").out()).contains("is undone", "2 restored, 2 identical");
    }

    @Test
    @Tag("CLI-2")
    @Tag("services-F-9")
    @Tag("services-case-59")
    void everyCommand_password_isNeitherPrintedNorKept() {
        assertThat(outcomes).hasSizeGreaterThan(12);
        for (Cli.Outcome outcome : outcomes) {
            assertThat(outcome.all()).as(outcome.line()).isNotEmpty().doesNotContain(PASSWORD);
        }
        assertThat(project.keptState()).contains("REDIS_HOST").doesNotContain(PASSWORD);
        // the backup holds the settings file as it was, password included: it must, to give it back to the byte
        assertThat(ContentStore.sha256(project.read(".env").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(filesBefore.get(".env"));
    }

    @Test
    @Tag("CLI-2")
    void everyJsonDocument_hasTheFourCommonFields() {
        for (Cli.Outcome outcome : outcomes) {
            if (outcome.line().contains("--output json")) {
                JsonNode document = outcome.document();
                assertThat(document.has("schema") && document.has("command"))
                        .as(outcome.line())
                        .isTrue();
                assertThat(document.get("exitCode").asInt()).isEqualTo(outcome.exitCode());
                assertThat(document.get("nextSteps").isArray()).isTrue();
            }
        }
    }
}
