package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.docs.RepositoryRoot;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of {@code docs/in-house-map.md}, with the commands that it shows, on a project that compiles. */
@Tag("REC-2")
@Tag("CLI-3")
class InHouseMapTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\R(.*?)```", Pattern.DOTALL);
    private static final String NAMES = "src/main/java/shop/Names.java";
    private static final String REPORT = "src/main/java/shop/Report.java";

    @TempDir
    private Path folder;

    private CodeProject project;
    private List<String> java;
    private List<String> commands;

    @BeforeEach
    void makeTheProject() throws IOException {
        String page = Files.readString(RepositoryRoot.find().resolve("docs/in-house-map.md"));
        java = blocks(page, "java");
        assertThat(java).as("library, before, after, what stays").hasSize(4);
        commands = blocks(page, "sh").get(0).lines().toList();
        project = CodeProject.in(folder.resolve("shop"))
                .jar("timed-map.jar", Map.of("com/acme/cache/TimedMap.java", java.get(0)))
                .file("in-house.yml", blocks(page, "yaml").get(0))
                .file(
                        "migrator.yml",
                        "stage-wait: PT0S\n" + blocks(page, "text").get(0))
                .file(NAMES, java.get(1))
                .file(REPORT, java.get(3))
                .compile("");
    }

    private static List<String> blocks(String page, String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private Cli cli() {
        return Cli.in(project.root());
    }

    private static List<JsonNode> findings(JsonNode document) {
        return StreamSupport.stream(document.get("findings").spliterator(), false)
                .filter(finding -> finding.get("family").asText().equals("in-house"))
                .toList();
    }

    @Test
    void check_listsEveryUse_asOfABuiltInFamily() {
        List<JsonNode> findings = findings(cli().json("check").document());

        assertThat(findings)
                .filteredOn(finding -> finding.get("file").asText().equals(NAMES))
                .extracting(finding -> finding.get("line").asInt() + " "
                        + finding.get("api").asText() + " "
                        + finding.get("automatic").asBoolean())
                .containsExactly(
                        "7 TimedMap true",
                        "7 TimedMap true",
                        "7 TimedMap.<init> true",
                        "10 TimedMap.find true",
                        "12 TimedMap.drop true",
                        "14 TimedMap.store true");
        assertThat(findings)
                .filteredOn(finding -> finding.get("file").asText().equals(REPORT))
                .extracting(finding -> finding.get("line").asInt() + " "
                        + finding.get("api").asText() + " "
                        + finding.get("automatic").asBoolean())
                .containsExactly("6 TimedMap false", "7 TimedMap.entries false");
    }

    @Test
    void dryRun_showsTheDiffAndWhatStays_andChangesNothing() {
        Map<String, String> before = project.contents();

        Cli.Outcome outcome = cli().run("dry-run");

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.out())
                .contains("-        List<String> found = names.find(id);")
                .contains("+        List<String> found = names.getIfPresent(id);")
                .contains("NO_COUNTERPART");
        assertThat(project.contents()).containsAllEntriesOf(before);
    }

    @Test
    void commandsOfThePage_rewriteTheProject_whichCompilesAfterwards() throws IOException {
        for (String command : commands) {
            Cli.Outcome outcome = cli().run(command.replace("./migrator ", "").split(" "));
            int expected = command.contains("migrate ") ? 1 : 0; // two call sites stay
            assertThat(outcome.exitCode()).as(command + "\n" + outcome.all()).isEqualTo(expected);
        }

        assertThat(project.root().resolve(NAMES)).hasContent(java.get(2));
        assertThat(project.root().resolve(REPORT)).hasContent(java.get(3));
        project.jarOf("io.cachemigrator.cache.local.LocalCache").compile("");
        Cli.Outcome again = cli().run("dry-run");
        assertThat(again.out()).as("nothing is left to do").doesNotContain("getIfPresent");
    }

    @Test
    void arch_newUsesOfTheLibrary_areRefused() {
        assertThat(cli().run("arch", "--update").exitCode()).isZero();
        assertThat(cli().run("arch").exitCode()).isZero();
        project.file(
                        "src/main/java/shop/More.java",
                        "package shop; class More { Object o = new com.acme.cache.TimedMap<String, String>(1, 2); }")
                .compile("");

        Cli.Outcome outcome = cli().run("arch");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("shop.More uses com.acme.cache.TimedMap");
    }

    @Test
    void dryRun_aReplacementThatDoesNotCompile_isTakenBack() throws IOException {
        String map = Files.readString(project.root().resolve("in-house.yml"));
        project.file("in-house.yml", map.replace("replacement: getIfPresent", "replacement: noSuchMethod"));

        JsonNode document = cli().json("dry-run").document();

        assertThat(document.toString()).contains(NAMES + ":10 DOES_NOT_COMPILE");
        assertThat(project.root().resolve(NAMES)).hasContent(java.get(1));
    }

    @Test
    void migrate_aMapThatCannotBeRead_saysWhatWhyAndHow() {
        project.file("in-house.yml", "format: 1\nfamily: in-house\ntitle: x\napis: [{ type: 'a.B' }]\n");

        Cli.Outcome outcome = cli().run("dry-run");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(0)).contains("CM-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../map.yml", "/dev/zero", "link.yml"})
    void check_aMapOutsideTheProject_isNotRead(String map) throws IOException {
        Path outside = Files.copy(project.root().resolve("in-house.yml"), folder.resolve("map.yml"));
        Files.createSymbolicLink(project.root().resolve("link.yml"), outside);
        project.file("migrator.yml", "maps: [" + map + "]\n");

        Cli.Outcome outcome = cli().run("check");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(1)).contains("outside the project");
    }

    @Test
    void check_aMapThatIsTooLong_isNotRead() {
        project.file("in-house.yml", "# " + "x".repeat(1 << 20));

        Cli.Outcome outcome = cli().run("check");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(1)).contains("longer than");
    }
}
