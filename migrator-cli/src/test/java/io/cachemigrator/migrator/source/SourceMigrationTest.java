package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.CallSite.Disposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("REC-1")
@Tag("CLI-3")
class SourceMigrationTest {
    private static final String MAIN = "src/main/java/shop/";
    private static final String CLEARING = """
            package shop;

            import io.cachemigrator.compat.services.RedisCacheService;

            class Shop {
                long empty(RedisCacheService redis) {
                    return redis.clearNamespace().removed();
                }
            }
            """;

    @TempDir
    private Path project;

    @Test
    void analyse_aProjectWithoutJava_isNothing() throws IOException {
        write("migrator.yml", "families: [services]");

        assertThat(analyse()).isEqualTo(SourceAnalysis.NONE);
    }

    @Test
    void analyse_javaThatMentionsNoLegacyName_isCountedAndNotCompiled() throws IOException {
        write(MAIN + "Shop.java", "package shop; class Shop { Unknown unknown; }");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.files()).isEqualTo(1);
        assertThat(analysis.callSites()).isEmpty();
        assertThat(analysis.compileErrors()).isEmpty();
    }

    @Test
    void analyse_builtAndHiddenFolders_areLeftOut() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write("target/generated-sources/src/main/java/shop/Shop.java", "not java");
        write(".migrator/backup/src/main/java/shop/Shop.java", "not java");
        write("src/main/resources/samples/src/main/java/shop/Shop.java", "not java");
        write(MAIN + "build/Target.java", "package shop.build; class Target {}");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.files()).isEqualTo(2);
        assertThat(analysis.patches()).hasSize(1);
    }

    @Test
    void analyse_aProjectWithoutBuildFile_usesTheToolkitsOwnApi() throws IOException {
        write(MAIN + "Shop.java", CLEARING);

        SourceAnalysis analysis = analyse();

        assertThat(after(analysis, "Shop.java"))
                .isEqualTo(CLEARING.replace("compat.services.RedisCacheService", "cache.domain.keyed.KeyedCache")
                        .replace("RedisCacheService", "KeyedCache")
                        .replace("clearNamespace", "clear"));
        assertThat(analysis.patches().get(0).diff()).contains("--- a/" + MAIN + "Shop.java", "+++ b/");
        assertThat(analysis.compileErrors()).isEmpty();
    }

    @Test
    void analyse_carriageReturns_areKept() throws IOException {
        String text = CLEARING.replace("\n", "\r\n");
        write(MAIN + "Shop.java", text);

        String after = after(analyse(), "Shop.java");

        assertThat(after).contains("redis.clear()").contains("KeyedCache;\r\n");
        assertThat(after.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }

    @Test
    void analyse_aFileThatIsNotUtf8_keepsItsOtherBytes() throws IOException {
        String text = CLEARING.replace("class Shop", "/* gr\u00fc\u00df dich */ class Shop");
        Files.createDirectories(project.resolve(MAIN));
        Files.write(project.resolve(MAIN + "Shop.java"), text.getBytes(StandardCharsets.ISO_8859_1));

        SourcePatch patch = analyse().patches().get(0);

        assertThat(new String(patch.after(), StandardCharsets.ISO_8859_1))
                .contains("/* gr\u00fc\u00df dich */ class Shop")
                .contains("redis.clear()");
    }

    @Test
    void analyse_aByteOrderMark_isKept() throws IOException {
        write(MAIN + "Shop.java", "\uFEFF" + CLEARING);

        assertThat(after(analyse(), "Shop.java"))
                .startsWith("\uFEFFpackage shop;")
                .contains("redis.clear()");
    }

    @Test
    void analyse_aProjectThatDoesNotCompile_saysWhere() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Broken.java", "package shop;\n\nclass Broken {\n    String name = 1;\n}\n");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.compileErrors()).singleElement().satisfies(error -> {
            assertThat(error.file()).isEqualTo(MAIN + "Broken.java");
            assertThat(error.line()).isEqualTo(4);
            assertThat(error.message()).contains("incompatible types");
        });
        assertThat(analysis.callSites()).hasSize(2);
    }

    @Test
    void analyse_aLanguageLevelOfAFutureJava_saysSo() throws IOException {
        write("pom.xml", pom("<properties><maven.compiler.release>99</maven.compiler.release></properties>"));
        write(MAIN + "Shop.java", CLEARING);

        SourceAnalysis analysis = analyse();

        assertThat(analysis.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("Java 99"));
        assertThat(analysis.patches()).hasSize(1);
    }

    @Test
    void analyse_aDependencyThatIsNowhere_isNamedAndItsUsersAreNotLost() throws IOException {
        write("pom.xml", pom("""
                        <repositories>
                          <repository><id>central</id><url>file:///nowhere/at/all</url></repository>
                        </repositories>
                        <dependencies>
                          <dependency>
                            <groupId>com.example.missing</groupId>
                            <artifactId>nowhere</artifactId>
                            <version>1.2.3</version>
                          </dependency>
                          <dependency>
                            <groupId>io.cachemigrator</groupId>
                            <artifactId>compat-shim</artifactId>
                            <version>0.1.0-SNAPSHOT</version>
                          </dependency>
                        </dependencies>
                        """));
        write(MAIN + "Shop.java", CLEARING);

        SourceAnalysis analysis = analyse();

        assertThat(analysis.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("com.example.missing:nowhere:1.2.3"));
        assertThat(analysis.callSites()).hasSize(2);
    }

    @Test
    void analyse_aNameWhoseTypeIsUnknown_isReported() throws IOException {
        write(MAIN + "Shop.java", """
                package shop;

                import com.example.missing.Base;

                class Shop extends Base {
                    long empty() {
                        return cache().clearNamespace().removed();
                    }
                }
                """);
        write(MAIN + "Other.java", CLEARING.replace("Shop", "Other"));

        SourceAnalysis analysis = analyse();

        assertThat(analysis.untyped())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.file() + ":" + problem.line()).isEqualTo(MAIN + "Shop.java:7"));
        assertThat(analysis.compileErrors()).isNotEmpty();
    }

    @Test
    void analyse_aChangeThatDoesNotCompile_isTakenBackWithTheCompilersWords() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Overloads.java", """
                package shop;

                import io.cachemigrator.cache.domain.keyed.KeyedCache;
                import io.cachemigrator.compat.services.RedisCacheService;

                class Overloads {
                    void work(RedisCacheService redis) {}

                    void work(KeyedCache redis) {}
                }
                """);

        SourceAnalysis analysis = analyse();

        assertThat(analysis.patches()).extracting(SourcePatch::file).containsExactly(MAIN + "Shop.java");
        assertThat(analysis.callSites())
                .filteredOn(site -> site.file().endsWith("Overloads.java"))
                .singleElement()
                .satisfies(site -> {
                    assertThat(site.disposition()).isEqualTo(Disposition.REFUSED);
                    assertThat(site.reasonCode()).isEqualTo("DOES_NOT_COMPILE");
                    assertThat(site.reason()).contains("already defined");
                });
    }

    @Test
    void analyse_severalModules_areRewrittenTogether() throws IOException {
        write(
                "pom.xml",
                pom("<packaging>pom</packaging><modules><module>store</module><module>app</module></modules>"));
        write("store/pom.xml", module("store", ""));
        write("app/pom.xml", module("app", """
                        <dependencies>
                          <dependency>
                            <groupId>shop</groupId><artifactId>store</artifactId><version>1</version>
                          </dependency>
                        </dependencies>
                        """));
        write(
                "store/" + MAIN + "Shop.java",
                CLEARING.replace("class Shop", "public class Shop").replace("long", "public long"));
        write("app/" + MAIN + "App.java", """
                package shop;

                import io.cachemigrator.compat.services.RedisCacheService;

                class App {
                    void run() {
                        new Shop().empty(new RedisCacheService());
                    }
                }
                """);

        SourceAnalysis analysis = analyse();

        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.compileErrors()).isEmpty();
        assertThat(after(analysis, "App.java")).contains("new Shop().empty(KeyedCache.open());");
        assertThat(after(analysis, "Shop.java")).contains("KeyedCache redis");
    }

    @Test
    void analyse_aFileThatCannotBeParsed_isAProblem() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Torn.java", "package shop; class Torn { void");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.compileErrors()).isNotEmpty();
        assertThat(analysis.callSites()).hasSize(2);
    }

    @Test
    void analyse_aMapThatNamesNoRecipe_isRefusedWithTheName() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        MapResult map = MigrationMaps.parse(
                MigrationMaps.builtInText("services").replace("services.MigrateServices", "services.Nobody"),
                "services");
        SourceMigration migration = new SourceMigration(
                ProjectCode.read(project), List.of(((MapResult.Valid) map).map()), SourceChoice.ALL);

        assertThatThrownBy(() -> migration.analyse(Progress.NONE))
                .isInstanceOf(MigratorException.class)
                .hasMessageContaining("io.cachemigrator.recipes.services.Nobody");
    }

    private SourceAnalysis analyse() {
        return new SourceMigration(
                        ProjectCode.read(project),
                        List.copyOf(MigrationMaps.builtIn().values()),
                        new CandidateSources())
                .analyse(Progress.NONE);
    }

    private static String after(SourceAnalysis analysis, String file) {
        SourcePatch patch = analysis.patches().stream()
                .filter(it -> it.file().endsWith("/" + file))
                .findFirst()
                .orElseThrow();
        return new String(patch.after(), StandardCharsets.UTF_8);
    }

    private static String pom(String content) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId>
                  <artifactId>shop</artifactId>
                  <version>1</version>
                  %s
                </project>
                """.formatted(content);
    }

    private static String module(String name, String content) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
                  <artifactId>%s</artifactId>
                  %s
                </project>
                """.formatted(name, content);
    }

    private void write(String path, String text) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
