package io.cachemigrator.migrator.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.testkit.TestProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the repository's root, on the jars that this build has just made. */
@Tag("CLI-1")
class LauncherIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path folder;

    private record Outcome(int exitCode, String out, String err) {}

    /** Says that the jars are fresh, which they are, so that the launcher does not build them while Maven does. */
    @BeforeAll
    static void declareBuilt() throws IOException {
        Path dist = ROOT.resolve("migrator-cli/target/dist");
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(dist, "*.jsa")) {
            for (Path archive : archives) {
                Files.delete(archive);
            }
        }
        Files.writeString(dist.resolve("built"), "");
    }

    private Outcome run(Path launcher, Path from, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", null);
        Path err = Files.createTempFile(folder, "err", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void launcher_throughALinkWithSpacesFromAnotherFolder_runsInThatFolder() throws Exception {
        Path links = Files.createDirectories(folder.resolve("a folder with spaces"));
        Path link = Files.createSymbolicLink(links.resolve("my migrator"), ROOT.resolve("migrator"));
        Path project = TestProject.in(folder.resolve("my project"))
                .file(".env", "REDIS_POOL_SIZE=5\n")
                .root();
        Outcome check = run(link, project, "check", "--output", "json");
        assertThat(check.exitCode()).as(check.err()).isZero();
        JsonNode document = JSON.readTree(check.out());
        assertThat(document.get("findings")).hasSize(1);
        assertThat(document.at("/findings/0/file").asText()).isEqualTo(".env");
        Outcome dryRun = run(link, folder, "dry-run", "--project", "my project", "--output", "json");
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        String plan = JSON.readTree(dryRun.out()).at("/plan/file").asText();
        assertThat(plan).startsWith(project.resolve(".migrator").toString());
        Outcome migrate = run(link, folder, "migrate", "--project", "my project", "--plan", plan, "--yes");
        assertThat(migrate.exitCode()).as(migrate.err()).isZero();
        assertThat(Files.readString(project.resolve(".env"))).isEqualTo("CACHE_REDIS_POOL_SIZE=5\n");
    }

    @Test
    @Tag("CLI-2")
    @Tag("CLI-15")
    void launcher_exitCodesAndStreams_passThrough() throws Exception {
        Path launcher = ROOT.resolve("migrator");
        Outcome usage = run(launcher, folder, "chekc");
        assertThat(usage.exitCode()).isEqualTo(2);
        assertThat(usage.out()).isEmpty();
        assertThat(usage.err().lines()).hasSize(3);
        assertThat(usage.err()).contains("migrator check").doesNotContain("\u001b");
        Outcome missing = run(launcher, folder, "status", "--project", "absent", "--output", "json");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(JSON.readTree(missing.out()).at("/error/code").asText()).isEqualTo("CM-301");
        assertThat(run(launcher, folder, "migrate").exitCode()).isEqualTo(4);
        Outcome status = run(launcher, folder, "status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).startsWith("== Stage LEGACY").doesNotContain("\u001b");
        assertThat(run(launcher, folder).out()).contains("Usage: migrator COMMAND");
    }
}
