package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.docs.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo proves what it says, and the README shows what it prints. */
@Tag("CLI-1")
@Tag("DOC-1")
class DemoTest {
    private static final Pattern SHOWN = Pattern.compile(
            "<!-- output of \\./migrator demo: a test compares it -->\\R```\\R(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void demo_asText_explainsEachStepAndPrintsWhatTheReadmeShows() throws IOException {
        Cli.Outcome outcome = Cli.in(folder).run("demo");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("migrator check:", "migrator dry-run:", "migrator migrate:", "migrator validate:")
                .contains("migrator status:", "migrator rollback:");
        Matcher shown = SHOWN.matcher(Files.readString(RepositoryRoot.find().resolve("README.md")));
        assertThat(shown.find()).isTrue();
        List<String> lines = shown.group(1).lines().toList();
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(outcome.out().lines()).containsAll(lines);
    }

    @Test
    @Tag("CLI-2")
    void demo_ofNoSuchFamily_isUsage() {
        Cli.Outcome outcome = Cli.in(folder).run("demo", "--family", "coder");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(2)).contains("--family factory");
    }

    @ParameterizedTest
    @CsvSource({"services, 53", "factory, 34"})
    @Tag("CLI-2")
    void demo_asJson_printsOneDocumentWithItsProof(String family, int entries) throws IOException {
        Cli.Outcome outcome = Cli.in(folder).json("demo", "--family", family);

        JsonNode document = new ObjectMapper().readTree(outcome.out());
        assertThat(document.get("command").asText()).isEqualTo("demo");
        assertThat(document.get("exitCode").asInt()).isZero();
        assertThat(document.get("commands"))
                .hasSize(6)
                .allSatisfy(
                        command -> assertThat(command.get("exitCode").asInt()).isIn(0, 1));
        JsonNode proof = document.get("proof");
        long legacy = proof.get("legacyKeys").asLong();
        assertThat(legacy).isEqualTo(entries);
        assertThat(proof.get("migrated").asLong()
                        + proof.get("quarantined").asLong()
                        + proof.get("left").asLong())
                .isEqualTo(legacy);
        assertThat(proof.get("differences").asLong()).isZero();
        assertThat(proof.get("sourceFilesRewritten").asInt()).isPositive();
        assertThat(proof.get("sourceCompiles").asBoolean()).isTrue();
        assertThat(proof.get("rollbackKeysIdentical").asBoolean()).isTrue();
        assertThat(proof.get("rollbackFilesIdentical").asBoolean()).isTrue();
    }
}
