package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.report.JunitReport;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** What {@code check} and {@code arch} write for code review and build servers keeps the rules of its formats. */
@Tag("CLI-16")
class ReportFormatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "web app/src/main/java/shop/";
    private static final String DESK = """
            package shop;

            import io.cachemigrator.compat.services.RedisCacheService;

            class Desk {
                void forget(RedisCacheService cache) {
                    cache.delete("a"); cache.getStats().toMap();
                }
            }
            """;

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void makeTheProject() {
        project = CodeProject.in(folder.resolve("shop"))
                .file("migrator.yml", "stage-wait: PT0S\n")
                .file(FOLDER + "Desk.java", DESK)
                .file("web app/.env", "REDIS_HOST=localhost\nREDIS_SSL_CERT_REQS=none\n");
        compile("-g");
    }

    private void compile(String debug) {
        Path module = project.root().resolve("web app");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        debug,
                        "-d",
                        module.resolve("target/classes").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        module.resolve("src/main/java/shop/Desk.java").toString());
        assertThat(compiled).isZero();
    }

    private Path report(String command, String option) {
        Path file = folder.resolve(command + option);
        Cli.Outcome outcome = Cli.in(project.root()).run(command, option, file.toString());
        assertThat(outcome.exitCode()).as(outcome.all()).isBetween(0, 1);
        return file;
    }

    @Test
    void check_sarif_keepsTheRulesOfTheStandard() throws IOException, URISyntaxException {
        assertThat(sarif(report("check", "--sarif"))).contains("web%20app/src/main/java/shop/Desk.java");
    }

    @Test
    void arch_sarif_keepsTheRulesOfTheStandard() throws IOException, URISyntaxException {
        assertThat(sarif(report("arch", "--sarif"))).contains("web%20app/src/main/java/shop/Desk.java");
    }

    /** What version 2.1.0 asks for of the parts that are used; gives the places of the results. */
    private static Set<String> sarif(Path file) throws IOException, URISyntaxException {
        JsonNode log = JSON.readTree(file.toFile());
        Set<String> places = new HashSet<>();
        assertThat(log.get("version").textValue()).isEqualTo("2.1.0");
        assertThat(log.get("runs")).isNotEmpty();
        for (JsonNode run : log.get("runs")) {
            assertThat(run.at("/tool/driver/name").textValue()).isNotBlank();
            Set<String> rules = new HashSet<>();
            run.at("/tool/driver/rules")
                    .forEach(rule -> assertThat(rules.add(rule.get("id").textValue()))
                            .as("rules differ by id")
                            .isTrue());
            assertThat(run.get("results")).isNotEmpty();
            for (JsonNode result : run.get("results")) {
                assertThat(result.at("/message/text").textValue()).isNotBlank();
                assertThat(result.get("level").textValue()).isIn("none", "note", "warning", "error");
                assertThat(rules).contains(result.get("ruleId").textValue());
                assertThat(result.get("partialFingerprints").fields())
                        .toIterable()
                        .allMatch(entry -> entry.getValue().isTextual());
                JsonNode place = result.at("/locations/0/physicalLocation");
                String uri = place.at("/artifactLocation/uri").textValue();
                assertThat(new URI(uri).isAbsolute())
                        .as("relative to the root of the sources")
                        .isFalse();
                assertThat(place.at("/region/startLine").intValue()).isPositive();
                places.add(uri);
            }
        }
        return places;
    }

    @Test
    void check_junit_keepsTheSchema() throws IOException, SAXException {
        assertThat(valid(report("check", "--junit"))).contains("Desk.java");
    }

    @Test
    void arch_junit_keepsTheSchema() throws IOException, SAXException {
        assertThat(valid(report("arch", "--junit"))).contains("Desk.java");
    }

    @Test
    void junit_whatXmlCannotWrite_isReplaced() throws IOException, SAXException {
        Path file = folder.resolve("odd.xml");

        JunitReport.write("suite", Map.of("a\u0000b", List.of("c\u0001d\uD800 <&>")), "things", "all", file);

        assertThat(valid(file)).contains("c\uFFFDd\uFFFD &lt;&amp;>");
    }

    private static String valid(Path file) throws IOException, SAXException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ReportFormatsTest.class.getResource("/schema/test-report.xsd"))
                .newValidator()
                .validate(new StreamSource(file.toFile()));
        return Files.readString(file);
    }

    @Test
    @Tag("ARC-2")
    void arch_classesWithoutDebugInformation_haveTheSameUses() {
        assertThat(Cli.in(project.root()).run("arch", "--update").exitCode()).isZero();

        compile("-g:none");

        assertThat(Cli.in(project.root()).run("arch").exitCode())
                .as("nothing is new")
                .isZero();
    }
}
