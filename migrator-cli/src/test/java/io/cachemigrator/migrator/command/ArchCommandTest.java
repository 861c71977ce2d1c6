package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.testkit.TestProject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The check of compiled classes, on classes that were really compiled. */
@Tag("ARC-2")
@Tag("CLI-16")
class ArchCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELETE = "cache.delete(\"k\");";

    @TempDir
    Path folder;

    private Path root;
    private Path classes;

    @BeforeEach
    void compileOne() throws IOException {
        root = TestProject.atRest(folder.resolve("shop")).root();
        classes = root.resolve("target/classes");
        desk(DELETE);
    }

    private void desk(String body) throws IOException {
        Path source = root.resolve("src/main/java/shop/Desk.java");
        Files.createDirectories(source.getParent());
        Files.createDirectories(classes);
        Files.writeString(
                source,
                "package shop;\nclass Desk {\n  void forget(io.cachemigrator.compat.services.RedisCacheService cache) {\n    "
                        + body + "\n  }\n}\n");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        source.toString());
        assertThat(compiled).isZero();
    }

    private Cli.Outcome arch(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "arch";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Cli.in(root).run(all);
    }

    @Test
    void arch_storeMadeThenANewUse_failsUntilItIsGoneOrAccepted() throws IOException {
        assertThat(arch().exitCode()).as("nothing was accepted yet").isEqualTo(1);
        assertThat(Files.exists(root.resolve("legacy-usage"))).isFalse();
        assertThat(arch("--update").exitCode()).isZero();
        assertThat(root.resolve("legacy-usage/legacy-usage.txt")).isRegularFile();
        assertThat(root.resolve("legacy-usage/.gitattributes")).content().contains("merge=union");
        assertThat(arch().exitCode()).isZero();

        desk(DELETE + " cache.exists(\"k\");");
        Cli.Outcome failed = arch();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out())
                .contains("new: src/main/java/shop/Desk.java:4  shop.Desk uses")
                .contains("RedisCacheService.exists(String)")
                .contains("1 new");
        assertThat(arch("--update").exitCode()).as("shrinking accepts nothing").isEqualTo(1);
        Cli.Outcome refused = arch("--accept-new");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("CM-403");
        assertThat(arch("--accept-new", "--yes").exitCode()).isZero();
        assertThat(arch().exitCode()).isZero();

        desk("");
        Cli.Outcome fixed = arch();
        assertThat(fixed.exitCode()).isZero();
        assertThat(fixed.out()).contains("2 accepted ones are gone", "migrator arch --update");
        assertThat(arch("--update").exitCode()).isZero();
        assertThat(arch().out()).contains("0 accepted ones are gone");
    }

    @Test
    void arch_json_hasRulesAndViolations() {
        Cli.Outcome outcome = Cli.in(root).json("arch");
        assertThat(outcome.exitCode()).isEqualTo(1);
        JsonNode document = outcome.document();
        assertThat(document.get("command").asText()).isEqualTo("arch");
        assertThat(document.get("rules").get(0).asText()).isEqualTo("no-new-legacy-usage");
        assertThat(document.at("/violations/1/use").asText()).endsWith("RedisCacheService.delete(String)");
        assertThat(document.at("/violations/1/line").asInt()).isEqualTo(4);
        assertThat(document.at("/violations/1/replacement").asText()).contains("KeyedCache");
    }

    @Test
    void arch_reports_areSarifAndJunit() throws Exception {
        Path sarif = folder.resolve("arch.sarif");
        Path junit = folder.resolve("arch.xml");
        assertThat(arch("--sarif", sarif.toString(), "--junit", junit.toString())
                        .exitCode())
                .isEqualTo(1);
        JsonNode log = JSON.readTree(sarif.toFile());
        assertThat(log.get("version").asText()).isEqualTo("2.1.0");
        JsonNode result = log.at("/runs/0/results/1");
        assertThat(result.get("ruleId").asText()).isEqualTo("no-new-legacy-usage");
        assertThat(result.get("level").asText()).isEqualTo("error");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("src/main/java/shop/Desk.java");
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(4);
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("src/main/java/shop/Desk.java:4 uses");
    }

    @Test
    void arch_jar_isReadToo() throws IOException {
        Path jar = folder.resolve("shop.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("shop/Desk.class"));
            out.write(Files.readAllBytes(classes.resolve("shop/Desk.class")));
        }
        Cli.Outcome outcome = arch("--classes", jar.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("shop.Desk uses");
    }

    @Test
    void arch_usesThroughSubclassesAndOfNestedTypes_areFound() throws IOException {
        desk(
                "io.cachemigrator.compat.services.LegacyCacheSettings.Builder b = null; b.build(); new Own().exists(\"k\");\n  }\n"
                        + "  static class Own extends io.cachemigrator.compat.services.RedisCacheService {");
        assertThat(arch().out())
                .contains("shop.Desk uses io.cachemigrator.compat.services.LegacyCacheSettings;")
                .contains("LegacyCacheSettings.build()")
                .contains("shop.Desk uses io.cachemigrator.compat.services.RedisCacheService.exists(String)");
    }

    @Test
    void arch_classOfANewerJava_isAFindingAndNotLeftOut() throws IOException {
        assertThat(arch("--update").exitCode()).isZero();
        byte[] newer = Files.readAllBytes(classes.resolve("shop/Desk.class"));
        newer[7] = (byte) 200;
        Files.write(classes.resolve("shop/Newer.class"), newer);
        Cli.Outcome outcome = arch();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("not readable: shop.Newer");
    }

    @Test
    void arch_nothingToLookAt_orABrokenStore_isAnEnvironmentError() throws IOException {
        Path store = Files.createDirectories(root.resolve("legacy-usage"));
        Files.writeString(store.resolve("legacy-usage.txt"), "nonsense\n");
        Cli.Outcome broken = arch();
        assertThat(broken.exitCode()).isEqualTo(3);
        assertThat(broken.err()).contains("CM-309", "line 1", "version control");
        Cli.Outcome missing = arch("--classes", folder.resolve("nowhere").toString());
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.err()).contains("does not exist", "--classes");
        for (Path file :
                List.of(classes.resolve("shop/Desk.class"), classes.resolve("shop"), classes, root.resolve("target"))) {
            Files.delete(file);
        }
        assertThat(arch().exitCode()).isEqualTo(3);
    }
}
