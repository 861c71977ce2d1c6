package io.cachemigrator.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs OpenRewrite's Maven plugin with the recipes of this build, as {@code docs/openrewrite-plugins.md} says, on the example of
 * {@code docs/in-house-map.md}. The recipes come from a repository in the test's folder; nothing is installed.
 */
@Tag("plugins")
@Tag("REC-2")
class MavenPluginTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String NAMES = "src/main/java/shop/Names.java";

    @TempDir
    private Path folder;

    private Path app;
    private String before;
    private String after;

    @BeforeEach
    void makeTheProject() throws IOException {
        String map = Files.readString(ROOT.resolve("docs/in-house-map.md"));
        String page = Files.readString(ROOT.resolve("docs/openrewrite-plugins.md"));
        List<String> java = blocks(map, "java");
        before = java.get(1);
        after = java.get(2);
        app = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(app.resolve(".mvn"));
        write("pom.xml", pom(blocks(page, "xml").get(0)));
        write("rewrite.yml", blocks(page, "yaml").get(0));
        write("in-house.yml", blocks(map, "yaml").get(0));
        write("src/main/java/com/acme/cache/TimedMap.java", java.get(0));
        write(NAMES, before);
        write("src/main/java/shop/Report.java", java.get(3));
        publish("cache-migrator", ROOT.resolve("pom.xml"), null);
        for (String module : List.of("migration-map", "rewrite-recipes")) {
            publish(
                    module,
                    ROOT.resolve(module).resolve("pom.xml"),
                    ROOT.resolve(module).resolve("target/classes"));
        }
    }

    private static List<String> blocks(String page, String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                .matcher(page);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private void write(String name, String content) throws IOException {
        Path file = app.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String pom(String plugin) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <pluginRepositories>
                    <pluginRepository><id>built</id><url>%s</url><snapshots><enabled>true</enabled></snapshots></pluginRepository>
                  </pluginRepositories>
                  <build><plugins>%s</plugins></build>
                </project>
                """.formatted(folder.resolve("built").toUri(), plugin);
    }

    private void publish(String artifact, Path pom, @Nullable Path classes) throws IOException {
        Path place = Files.createDirectories(folder.resolve("built/io/cachemigrator/" + artifact + "/" + VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(pom, place.resolve(name + ".pom"));
        if (classes != null) {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(place.resolve(name + ".jar")));
                    Stream<Path> all = Files.walk(classes)) {
                for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                    jar.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, jar);
                    jar.closeEntry();
                }
            }
        }
    }

    private void maven(String goal) throws IOException, InterruptedException {
        Path log = folder.resolve("maven.log");
        Path known = Path.of(System.getProperty("user.home"), ".m2", "repository");
        int exit = new ProcessBuilder(
                        ROOT.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-c",
                        "-Dmaven.repo.local=" + folder.resolve("local"),
                        "-Dmaven.repo.local.tail=" + known,
                        goal)
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
    }

    @Test
    void dryRunThenRun_writeThePatchAndTheSources() throws IOException, InterruptedException {
        maven("rewrite:dryRun");

        assertThat(app.resolve(NAMES)).hasContent(before);
        assertThat(app.resolve("target/rewrite/rewrite.patch"))
                .content()
                .contains("+        List<String> found = names.getIfPresent(id);");

        maven("rewrite:run");

        assertThat(app.resolve(NAMES)).hasContent(after);
        assertThat(app.resolve("src/main/java/shop/Report.java")).content().contains("TimedMap<String, String> names");
    }
}
