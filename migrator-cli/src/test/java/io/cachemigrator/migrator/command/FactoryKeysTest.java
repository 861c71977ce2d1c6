package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Keys of encrypted entries are named, never given; and a family that claims every key takes part only where it is meant. */
@Tag("CLI-6")
class FactoryKeysTest {
    private static final Path EXPECTED = Path.of("../migration-map/src/test/resources/factory-sample-expected.json");
    private static final int ENCRYPTED = 4;

    @TempDir
    Path folder;

    private TestRedis server;
    private Jedis redis;
    private String key;
    private String otherKey;

    @BeforeEach
    void start() throws IOException {
        server = TestRedis.start();
        redis = server.connect();
        JsonNode expected = new ObjectMapper().readTree(Files.readString(EXPECTED));
        key = expected.get("key").textValue();
        otherKey = expected.get("otherKey").textValue();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    private void load() throws IOException {
        try (InputStream data = SampleProject.FACTORY.data()) {
            LegacyData.load(redis, data);
        }
    }

    private Cli cli(String settings, Map<String, String> environment) {
        TestProject project =
                TestProject.in(folder.resolve("shop")).file("migrator.yml", "stage-wait: PT0S\n" + settings);
        return Cli.in(project.root()).with(environment).always("--legacy", server.uri());
    }

    private static Map<String, Long> reasons(Cli.Outcome migrate) {
        Map<String, Long> reasons = new TreeMap<>();
        migrate.document()
                .get("quarantined")
                .forEach(one -> reasons.merge(one.get("reason").asText(), 1L, Long::sum));
        return reasons;
    }

    @Test
    void migrate_withoutAKey_setsEncryptedEntriesAsideAndCopiesTheRest() throws IOException {
        load();
        Cli.Outcome migrate = cli("", Map.of()).json("migrate", "--family", "factory", "--yes");

        assertThat(migrate.exitCode()).isEqualTo(1);
        assertThat(reasons(migrate)).containsEntry("KEY_MISSING", (long) ENCRYPTED);
        assertThat(TargetEntries.of(redis))
                .containsKey("cs:web:session:abc123")
                .doesNotContainKey("cs:web:session:enc-1");
    }

    @Test
    void migrate_aReferenceToNothing_isAWarningAndNoKey() throws IOException {
        load();
        Cli cli =
                cli("encryption-keys: [env:NOT_SET, file:none.key]\n", Map.of()).always("--family", "factory");

        Cli.Outcome check = cli.json("check");
        Cli.Outcome migrate = cli.json("migrate", "--yes");

        assertThat(check.document().get("warnings"))
                .anySatisfy(warning ->
                        assertThat(warning.asText()).contains("env:NOT_SET: the environment variable is not set"))
                .anySatisfy(warning -> assertThat(warning.asText()).contains("file:none.key: there is no such file"));
        assertThat(reasons(migrate)).containsEntry("KEY_MISSING", (long) ENCRYPTED);
        assertThat(migrate.exitCode()).isEqualTo(1);
    }

    @Test
    void migrate_withAnotherKey_setsEncryptedEntriesAside() throws IOException {
        load();
        Cli.Outcome migrate = cli("encryption-keys: [env:KEY]\n", Map.of("KEY", otherKey))
                .json("migrate", "--family", "factory", "--yes");

        assertThat(migrate.exitCode()).isEqualTo(1);
        assertThat(reasons(migrate)).containsEntry("KEY_WRONG", (long) ENCRYPTED);
        assertThat(migrate.all()).doesNotContain(otherKey);
    }

    @Test
    void migrate_aKeyFileBesideAnotherKey_opensWhatItCan() throws IOException {
        load();
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(folder.resolve("shop/old.key"), key + "\n");
        Cli.Outcome migrate = cli("encryption-keys:\n  - env:KEY\n  - file:old.key\n", Map.of("KEY", otherKey))
                .json("migrate", "--family", "factory", "--yes");

        assertThat(reasons(migrate)).doesNotContainKeys("KEY_WRONG", "KEY_MISSING");
        assertThat(TargetEntries.of(redis)).containsKey("cs:web:session:enc-1");
    }

    @Test
    @Tag("CLI-2")
    void migrate_aKeyInTheFileOrABadKey_isRefusedAndNotShown() {
        for (Cli.Outcome refused : new Cli.Outcome[] {
            cli("encryption-keys: ['" + key + "']\n", Map.of()).run("check", "--family", "factory"),
            cli("encryption-keys: [env:KEY]\n", Map.of("KEY", "no-such-key-7f3a"))
                    .run("check", "--family", "factory")
        }) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.error()).hasSizeBetween(1, 3);
            assertThat(refused.all()).contains("encryption").doesNotContain(key, "no-such-key-7f3a");
        }
    }

    @Test
    @Tag("CLI-3")
    void check_noFamilyNamed_leavesTheOneThatClaimsEveryKeyOutUnlessSourcesNameIt() {
        redis.set("somebody:else", "rawj:1");
        LegacySample.load(redis);
        Cli cli = cli("", Map.of());

        JsonNode without = cli.json("check").document();
        TestProject.in(folder.resolve("shop"))
                .file(
                        "src/main/java/a/A.java",
                        "package a;\n\nimport io.cachemigrator.compat.factory.*;\n\nclass A {}\n");
        JsonNode with = cli.json("check").document();

        assertThat(names(without)).contains("conversations").doesNotContain("web");
        assertThat(without.at("/unclaimedKeys/samples").toString()).contains("somebody:else");
        assertThat(names(with)).contains("conversations", "web");
        assertThat(keys(with, "conversations")).isEqualTo(keys(without, "conversations"));
        assertThat(with.at("/excludedKeys")).isEqualTo(without.at("/excludedKeys"));
    }

    private static java.util.List<String> names(JsonNode document) {
        java.util.List<String> names = new java.util.ArrayList<>();
        document.get("keySpaces").forEach(space -> names.add(space.get("name").asText()));
        return names;
    }

    private static long keys(JsonNode document, String name) {
        for (JsonNode space : document.get("keySpaces")) {
            if (space.get("name").asText().equals(name)) {
                return space.get("keys").asLong();
            }
        }
        return -1;
    }
}
