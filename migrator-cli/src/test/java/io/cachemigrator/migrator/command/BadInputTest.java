package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong lines and unreadable files: exit code, three lines that say what, why and how to fix it, and no store asked. */
@Tag("CLI-2")
class BadInputTest {
    @TempDir
    Path folder;

    private TestProject project;
    private String nowhere = "";

    @BeforeEach
    void makeProject() {
        project = TestProject.in(folder.resolve("project"));
        nowhere = "redis://127.0.0.1:" + TestRedis.freePort();
    }

    private Cli cli() {
        return Cli.in(project.root());
    }

    /** The error in text mode; also makes sure that JSON mode says the same in one document. */
    private List<String> fails(int exitCode, String... line) {
        Cli.Outcome text = cli().run(line);
        assertThat(text.exitCode()).as(text.all()).isEqualTo(exitCode);
        assertThat(text.out()).isEmpty();
        assertThat(text.error()).as(text.err()).hasSize(3);
        assertThat(text.error().get(0)).matches("CM-\\d{3} .*");
        assertThat(text.error().get(2)).startsWith("Fix: ");
        assertThat(text.all()).doesNotContain("\u001b", "\tat ");
        Cli.Outcome json = cli().json(line);
        assertThat(json.exitCode()).as(json.all()).isEqualTo(exitCode);
        JsonNode document = json.document();
        assertThat(document.get("exitCode").asInt()).isEqualTo(exitCode);
        assertThat(document.has("schema") && document.has("command") && document.has("nextSteps"))
                .isTrue();
        assertThat(document.at("/error/code").asText())
                .isEqualTo(text.error().get(0).substring(0, 6));
        assertThat(document.at("/error/fix").asText()).isNotEmpty();
        return text.error();
    }

    @Test
    void unknownCommand_namesTheNearestAndAll() {
        List<String> error = fails(2, "migrat");
        assertThat(error.get(0)).isEqualTo("CM-101 There is no command 'migrat'.");
        assertThat(error.get(1)).contains("check, ", "dry-run", "rollback");
        assertThat(error.get(2)).contains("Did you mean `migrator migrate`?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "--", "---", "--yes", "--output", "map", "map lists", "=", "''", "\\", "%s"})
    void strangeCommand_isAUsageError(String command) {
        Cli.Outcome outcome = cli().run(command);
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
        assertThat(outcome.error()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--", "---", "-", "-x", "--=", "--project", "--output", "--legacy=", "''", "\"", "@file", "\\"})
    void strangeOption_isAUsageErrorOrNamesNoStore(String option) {
        Cli.Outcome outcome = cli().run("rollback", option);
        assertThat(outcome.exitCode()).as(outcome.all()).isIn(2, 4);
        assertThat(outcome.error()).hasSize(3);
    }

    @Test
    void unknownOption_namesTheNearestAndAll() {
        List<String> error = fails(2, "check", "--legcy", nowhere);
        assertThat(error.get(0)).contains("'check'", "--legcy");
        assertThat(error.get(1)).contains("--legacy", "--fail-on");
        assertThat(error.get(2)).contains("Did you mean --legacy?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check --fail-on everything | manual, any, blocker",
                "check --output yaml | text, json",
                "migrate --only code --yes | source, config, data",
                "migrate --rate 0 --yes | from 1 to",
                "migrate --rate -5 --yes | from 1 to",
                "migrate --rate fast --yes | from 1 to",
                "migrate --threads 65 --yes | from 1 to 64",
                "migrate --threads 0 --yes | from 1 to 64",
                "validate --sample 0 | from 1 to",
                "validate --sample some | 'full' or 'digest' or a whole number"
            })
    void badValue_namesWhatIsAllowed(String line, String allowed) {
        if (line.contains("--output")) {
            Cli.Outcome outcome = cli().run(line.split(" "));
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains(allowed);
            return;
        }
        List<String> error = fails(2, line.split(" "));
        assertThat(String.join(" ", error)).contains(allowed);
    }

    @Test
    void missingValue_isNamed() {
        List<String> error = fails(2, "migrate", "--plan");
        assertThat(error.get(0)).contains("'migrate'", "plan");
    }

    @Test
    void missingArgument_showsAnExample() {
        assertThat(fails(2, "cache-get").get(0)).contains("'cache-get' needs the name of a region");
        assertThat(fails(2, "cache-get", "conversations").get(2))
                .contains("migrator cache-get metrics metr:api:requests");
        assertThat(fails(2, "map", "show").get(0)).contains("needs the name of a family");
    }

    @Test
    void extraArgument_isNamed() {
        assertThat(fails(2, "status", "now").get(0)).contains("'status' does not take the argument 'now'");
        assertThat(fails(2, "map", "show", "services", "more").get(0)).contains("'more'");
    }

    @Test
    void resumeWithPlan_isRefused() {
        assertThat(fails(2, "migrate", "--resume", "--plan", "x.json", "--yes").get(0))
                .contains("not both");
    }

    @Test
    void unknownFamily_namesTheKnownOnes() {
        for (String command : List.of("check", "dry-run", "migrate --yes", "rollback --yes", "validate")) {
            List<String> error = fails(2, (command + " --legacy " + nowhere + " --family servces").split(" "));
            assertThat(error.get(0)).contains("There is no family 'servces'");
            assertThat(error.get(1)).contains("services");
        }
        assertThat(fails(2, "map", "show", "servces").get(2)).contains("Did you mean 'services'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:S3CRET@host:80",
                "user:S3CRET@host:6379",
                ":S3CRET@host",
                "postgres:user:S3CRET@host",
                "redis://user:S3CRET@",
                "redis://user:S3 CRET@host",
                "redis://user:S3CRET@host:port",
                "redis://user:S3CRET@host/db",
                "redis:user:S3CRET@host",
                "memcached://S3CRET",
                "disk:",
                "redis-cluster://user:S3CRET@host:1/3",
                "redis-cluster://user:S3CRET@host:1,",
                "redis-sentinel://user:S3CRET@host:1",
                "redis-sentinel://user:S3CRET@host:99999/master",
                "dump:",
                "diskcache:"
            })
    void badStoreUri_isRefusedWithoutShowingIt(String uri) {
        for (String option : List.of("--legacy", "--target")) {
            List<String> error = fails(2, "check", option, uri);
            assertThat(error.get(0)).matches("CM-(104|902) " + option + " .*");
            assertThat(error.get(2)).contains("redis://");
            assertThat(String.join(" ", error)).doesNotContain("S3CRET", "S3 CRET");
        }
    }

    @Test
    void badJournalUrl_isRefusedWithoutShowingIt() {
        List<String> error = fails(2, "status", "--journal", "jdbc:mysql://u:S3CRET@host/db");
        assertThat(error.get(0)).startsWith("CM-104 --journal");
        assertThat(error.get(2)).contains("jdbc:sqlite:FILE", "jdbc:postgresql:");
        assertThat(String.join(" ", error)).doesNotContain("S3CRET");
    }

    @Test
    void missingProject_isAnEnvironmentError() {
        List<String> error = fails(3, "check", "--project", "not-there");
        assertThat(error.get(0)).startsWith("CM-301 The project").contains("not-there");
        assertThat(error.get(1)).contains("no such folder");
        project.file("a-file", "x");
        assertThat(fails(3, "status", "--project", "a-file").get(1)).contains("not a folder");
    }

    @Test
    void missingConfigFile_isAnEnvironmentError() {
        assertThat(fails(3, "check", "--config", "other.yml").get(0)).contains("other.yml");
    }

    @Test
    void badMigratorYml_namesLineAndFields() {
        project.file("migrator.yml", "legacy: " + nowhere + "\nfamilies: [services]\ntraget: x\n");
        List<String> error = fails(2, "check");
        assertThat(error.get(0)).startsWith("CM-102").contains("migrator.yml");
        assertThat(error.get(1)).contains("Line 3", "'traget'", "target");
        project.file("migrator.yml", "legacy: [\n");
        assertThat(fails(2, "status").get(1)).contains("Line ", "not YAML");
        project.file("migrator.yml", "families: services\n");
        assertThat(fails(2, "status").get(1)).contains("Line 1", "a list is needed");
        project.file("migrator.yml", "legacy: redis://:${NOT_SET}@localhost\n");
        assertThat(fails(2, "status").get(1)).contains("NOT_SET is not set");
    }

    @Test
    void badMap_namesLinePathAndAllowedValues() {
        project.file(
                "own.yml",
                "version: 1\nfamily: own\ntitle: Own\nkeySpaces:\n  - name: all\n    pattern: 'own:*'\n    strategy: teleport\n");
        Cli.Outcome outcome = cli().json("map", "validate", "own.yml");
        assertThat(outcome.exitCode()).isEqualTo(1);
        JsonNode problems = outcome.document().get("problems");
        assertThat(outcome.document().get("valid").asBoolean()).isFalse();
        JsonNode strategy = null;
        for (JsonNode problem : problems) {
            if (problem.get("path").asText().contains("strategy")) {
                strategy = problem;
            }
        }
        assertThat(strategy).as(problems.toString()).isNotNull();
        assertThat(strategy.get("line").asInt()).isEqualTo(7);
        assertThat(strategy.get("allowed").toString()).contains("copy", "transform", "drop");
        assertThat(cli().run("map", "validate", "own.yml").out()).contains("own.yml:", "copy");
        assertThat(fails(3, "map", "validate", "absent.yml").get(0)).contains("absent.yml");
        project.file("migrator.yml", "maps: [own.yml]\n");
        List<String> error = fails(2, "check");
        assertThat(error.get(0)).startsWith("CM-103").contains("own.yml");
    }

    @Test
    void unparsableSettings_areABlockerAndStopTheRest() {
        project.file(".env", "REDIS_POOL_SIZE=5\n\nthis is no setting\n");
        Cli.Outcome check = cli().json("check");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.document().get("ready").asBoolean()).isFalse();
        assertThat(check.document().get("blockers").get(0).asText()).startsWith(".env:3 cannot be read");
        for (String command : List.of("dry-run", "migrate --yes")) {
            List<String> error = fails(3, command.split(" "));
            assertThat(error.get(0)).contains(".env");
            assertThat(error.get(1)).startsWith("  Line 3: ");
        }
        assertThat(project.read(".env")).contains("this is no setting");
    }

    @Test
    void badPlan_isAUsageErrorThatSaysWhy() {
        assertThat(fails(2, "migrate", "--plan", "absent.json", "--yes").get(1)).contains("no such file");
        project.file("broken.json", "{\n  \"version\": 1,\n  broken\n}\n");
        assertThat(fails(2, "migrate", "--plan", "broken.json", "--yes").get(1)).contains("Line 3");
        project.file("other.json", "{\"some\": \"thing\"}\n");
        assertThat(fails(2, "migrate", "--plan", "other.json", "--yes").get(0)).startsWith("CM-105");
        project.file("list.json", "[]");
        assertThat(fails(2, "migrate", "--plan", "list.json", "--yes").get(0)).startsWith("CM-105");
        project.file("empty.json", "");
        assertThat(fails(2, "migrate", "--plan", "empty.json", "--yes").get(0)).startsWith("CM-105");
        project.file("null.json", "null\n");
        assertThat(fails(2, "migrate", "--plan", "null.json", "--yes").get(0)).startsWith("CM-105");
    }

    @Test
    void unnamedStore_isAUsageError() {
        assertThat(fails(2, "validate").get(0)).contains("No store is named by --");
        assertThat(fails(2, "cache-get", "a", "b").get(0)).contains("No store is named by --target");
    }

    @Test
    void nothingToResumeOrUndo_isRefusedAndLeavesNoTrace() {
        assertThat(fails(4, "migrate", "--resume", "--yes").get(0)).startsWith("CM-406");
        assertThat(fails(4, "rollback", "--yes").get(0)).startsWith("CM-406");
        assertThat(fails(4, "rollback", "--run", "run-x", "--yes").get(0)).contains("'run-x'");
        assertThat(project.stateFiles()).isEmpty();
    }

    @Test
    @Tag("CLI-15")
    void changingCommand_withoutTerminalAndYes_isRefusedBeforeAnyContact() {
        for (String command : List.of("migrate", "migrate --resume", "rollback")) {
            List<String> error = fails(4, (command + " --legacy " + nowhere).split(" "));
            assertThat(error.get(0)).startsWith("CM-403");
            assertThat(error.get(2)).contains("--yes");
        }
        assertThat(project.stateFiles()).isEmpty();
    }

    @Test
    @Tag("services-F-18")
    void exitCodes_areFoundInTheirOrder() {
        // usage before safety before environment, whatever else is wrong
        assertThat(fails(2, "migrate", "--project", "absent", "--legacy", "x:y").get(0))
                .startsWith("CM-104");
        assertThat(fails(2, "migrate", "--project", "absent", "--rate", "0").get(0))
                .startsWith("CM-101");
        assertThat(fails(2, "migrate", "--family", "absent", "--legacy", nowhere)
                        .get(0))
                .startsWith("CM-101");
        assertThat(fails(4, "migrate", "--project", "absent").get(0)).startsWith("CM-403");
        assertThat(fails(4, "rollback", "--project", "absent", "--legacy", nowhere)
                        .get(0))
                .startsWith("CM-403");
        assertThat(fails(3, "migrate", "--project", "absent", "--yes").get(0)).startsWith("CM-301");
        assertThat(fails(3, "migrate", "--legacy", nowhere, "--yes").get(0)).startsWith("CM-302");
    }

    @Test
    void diskStoreThatIsNone_cannotBeCopiedFromAndNothingIsBegun() {
        assertThat(fails(3, "dry-run", "--legacy", "disk:data", "--target", nowhere)
                        .get(0))
                .startsWith("CM-302");
        assertThat(fails(3, "migrate", "--legacy", "disk:data", "--target", nowhere, "--yes")
                        .get(0))
                .startsWith("CM-302");
        Cli.Outcome check = cli().json("check", "--legacy", "disk:data", "--target", nowhere);
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.document().get("blockers").toString()).contains("no folder of the disk tier");
    }

    @Test
    void settingsNameTheStore_passwordBesideTheUriIsUsed() {
        try (TestRedis server = TestRedis.start("requirepass p+w#1")) {
            project.file(
                    ".env",
                    "CACHE_REDIS_URI=redis://127.0.0.1:" + server.port() + "/0\nCACHE_REDIS_PASSWORD='p+w#1'\n");
            assertThat(cli().run("validate").exitCode()).isZero();
            project.file(".env", "REDIS_HOST=127.0.0.1\nREDIS_PORT=" + server.port() + "\nREDIS_PASSWORD=p+w#1\n");
            assertThat(cli().run("migrate", "--yes").exitCode()).isZero();
            assertThat(project.read(".env")).contains("CACHE_REDIS_URI=redis://127.0.0.1:" + server.port() + "/0");
            assertThat(cli().run("validate").exitCode()).isZero();
            assertThat(cli().run("rollback", "--yes").exitCode()).isZero();
            assertThat(project.read(".env")).startsWith("REDIS_HOST=127.0.0.1\n");
        }
    }

    @Test
    void environmentVariable_inMigratorYml_isFilledIn() {
        project.file("migrator.yml", "legacy: redis://:${CACHE_SECRET}@127.0.0.1:" + nowhere.substring(18) + "\n");
        Cli.Outcome status = cli().with(Map.of("CACHE_SECRET", "S3CRET")).json("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.document().at("/stores/0/reachable").asBoolean()).isFalse();
        assertThat(status.all()).doesNotContain("S3CRET");
    }
}
