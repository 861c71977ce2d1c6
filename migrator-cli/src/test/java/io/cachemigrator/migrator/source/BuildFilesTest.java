package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewritten code finds its new types in the project's own build too. */
@Tag("REC-1")
@Tag("REC-3")
class BuildFilesTest {
    private static final String SHOP = """
            package shop;

            import com.google.common.cache.Cache;
            import com.google.common.cache.CacheBuilder;

            class Shop {
                private final Cache<String, String> names = CacheBuilder.newBuilder().build();
            }
            """;
    private static final String MAIN = "src/main/java/shop/Shop.java";
    private static final String TEST = "src/test/java/shop/Shop.java";

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder).jar("guava.jar", CacheLibraries.GUAVA);
    }

    @Test
    void pom_withDependencies_getsOneMoreAndKeepsTheRest() {
        String pom = """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
                  <dependencies>
                    <!-- kept -->
                    <dependency>
                      <groupId>shop.lib</groupId>
                      <artifactId>some</artifactId>
                      <version>1</version>
                      <scope>system</scope>
                      <systemPath>${basedir}/lib/guava.jar</systemPath>
                    </dependency>
                  </dependencies>
                </project>
                """;
        project.file("pom.xml", pom).file(MAIN, SHOP);

        assertThat(after("pom.xml")).isEqualTo(pom.replace("""
                    </dependency>
                  </dependencies>
                """, """
                    </dependency>
                    <dependency>
                      <groupId>io.cachemigrator</groupId>
                      <artifactId>cache-service</artifactId>
                      <version>VERSION</version>
                    </dependency>
                  </dependencies>
                """.replace("VERSION", BuildFiles.version())));
    }

    @Test
    void pom_withoutDependenciesAndOnlyTestsRewritten_getsATestDependency() {
        project.file("pom.xml", pom("")).file(TEST, SHOP);

        assertThat(after("pom.xml").replaceAll("\\s+", ""))
                .contains("<dependencies><dependency><groupId>io.cachemigrator</groupId>"
                        + "<artifactId>cache-service</artifactId><version>" + BuildFiles.version() + "</version>"
                        + "<scope>test</scope></dependency></dependencies></project>");
    }

    @Test
    void pom_withCarriageReturns_keepsThem() {
        project.file("pom.xml", pom("").replace("\n", "\r\n")).file(MAIN, SHOP);

        assertThat(after("pom.xml").replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }

    @Test
    void pom_thatHasTheServiceOrInheritsIt_stays() {
        String ours = "<dependencies><dependency><groupId>io.cachemigrator</groupId>"
                + "<artifactId>compat-shim</artifactId><version>1</version></dependency></dependencies>";
        project.file("pom.xml", pom("<packaging>pom</packaging><modules><module>web</module></modules>" + ours))
                .file(
                        "web/pom.xml",
                        "<project><modelVersion>4.0.0</modelVersion><parent><groupId>shop</groupId>"
                                + "<artifactId>shop</artifactId><version>1</version></parent>"
                                + "<artifactId>web</artifactId></project>")
                .file("web/" + MAIN, SHOP);

        assertThat(analyse().patches()).extracting(SourcePatch::file).containsExactly("web/" + MAIN);
    }

    @Test
    void pom_thatHasTheServiceForTestsOnly_getsItForTheRest() {
        project.file(
                        "pom.xml",
                        pom("<dependencies><dependency><groupId>io.cachemigrator</groupId>"
                                + "<artifactId>cache-service</artifactId><version>1</version>"
                                + "<scope>test</scope></dependency></dependencies>"))
                .file(MAIN, SHOP);

        assertThat(after("pom.xml")).contains("<version>" + BuildFiles.version() + "</version>");
    }

    @Test
    void gradle_withDependencies_getsALineOfItsKind() {
        project.file("build.gradle", "plugins { id 'java' }\n\ndependencies {\n\timplementation 'a:b:1'\n}\n")
                .file(MAIN, SHOP)
                .file("web/build.gradle.kts", "dependencies {\n  implementation(\"a:b:1\")\n}\n")
                .file("web/" + TEST, SHOP.replace("Shop", "Other"));

        assertThat(after("build.gradle"))
                .isEqualTo("plugins { id 'java' }\n\ndependencies {\n\timplementation"
                        + " 'io.cachemigrator:cache-service:" + BuildFiles.version()
                        + "'\n\timplementation 'a:b:1'\n}\n");
        assertThat(after("web/build.gradle.kts"))
                .isEqualTo("dependencies {\n  testImplementation(\"io.cachemigrator:cache-service:"
                        + BuildFiles.version() + "\")\n" + "  implementation(\"a:b:1\")\n}\n");
    }

    @Test
    void aBuild_thatCannotBeChanged_isTold() {
        project.file(MAIN, SHOP);
        assertThat(analyse().problems())
                .anySatisfy(problem -> assertThat(problem.message())
                        .contains("needs io.cachemigrator:cache-service:" + BuildFiles.version() + "", "by hand"));

        project.file("build.gradle", "apply from: 'elsewhere.gradle'\n");
        assertThat(analyse().problems())
                .anySatisfy(problem -> assertThat(problem.display()).contains("build.gradle", "by hand"));
        assertThat(analyse().patches()).extracting(SourcePatch::file).containsExactly(MAIN);
    }

    @Test
    void aProject_forAnOlderJava_staysUnlessItRunsOnANewerOne() {
        project.file("pom.xml", pom("<properties><maven.compiler.release>11</maven.compiler.release></properties>"))
                .file(MAIN, SHOP);

        SourceAnalysis refused = analyse();
        SourceAnalysis allowed = analyse(17);

        assertThat(refused.patches()).isEmpty();
        assertThat(refused.callSites())
                .isNotEmpty()
                .allSatisfy(site -> assertThat(site.reasonCode()).isEqualTo("JAVA_LEVEL"));
        assertThat(allowed.patches()).extracting(SourcePatch::file).containsExactly(MAIN, "pom.xml");
    }

    @Test
    void aLevel_inThePluginsConfiguration_counts() {
        project.file(
                        "pom.xml",
                        pom("<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId>"
                                + "<configuration><source>1.8</source></configuration></plugin></plugins></build>"))
                .file(MAIN, SHOP);

        assertThat(analyse().callSites())
                .isNotEmpty()
                .allSatisfy(site -> assertThat(site.reason()).contains("built for Java 8"));
    }

    @Test
    void aModule_withADescriptor_stays() {
        project.file("pom.xml", pom(""))
                .file(MAIN, SHOP)
                .file("src/main/java/module-info.java", "module shop { requires com.google.common; }");

        assertThat(analyse().patches()).isEmpty();
        assertThat(analyse().callSites())
                .isNotEmpty()
                .allSatisfy(site -> assertThat(site.reasonCode()).isEqualTo("MODULE_INFO"));
    }

    @Test
    void sources_inFoldersThatTheBuildNames_areFoundAsSuch() {
        project.file(
                        "pom.xml",
                        pom("<packaging>pom</packaging><modules><module>web</module><module>tool</module></modules>"
                                + "<build><sourceDirectory>src</sourceDirectory>"
                                + "<testSourceDirectory>${project.basedir}/test</testSourceDirectory></build>"))
                .file("web/pom.xml", child("web"))
                .file("web/src/shop/Shop.java", SHOP)
                .file("web/samples/shop/Sample.java", "package shop; class Sample { nothing that compiles }")
                .file("tool/pom.xml", child("tool"))
                .file("tool/test/shop/Other.java", SHOP.replace("Shop", "Other"));

        SourceAnalysis analysis = analyse();

        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.patches())
                .extracting(SourcePatch::file)
                .containsExactly("tool/test/shop/Other.java", "web/src/shop/Shop.java", "tool/pom.xml", "web/pom.xml");
        assertThat(after("tool/pom.xml")).contains("<scope>test</scope>");
        assertThat(after("web/pom.xml")).doesNotContain("<scope>");
        assertThat(ProjectSources.read(project.root()).leftOut())
                .containsExactly(
                        "1 Java files outside the source folders of the build, first web/samples/shop/Sample.java");
    }

    /** Names such as {@code Element} are not telling where nothing of a legacy library is named. */
    @Test
    void aName_thatALegacyTypeHasToo_isNoGapWhereNoLegacyPackageIsNamed() {
        project.file(MAIN, SHOP)
                .file(
                        "src/main/java/page/Page.java",
                        "package page; class Page { Element root; Cache cache; void of(UncheckedExecutionException e) {} }");

        assertThat(analyse().untyped()).isEmpty();
    }

    private static String child(String name) {
        return "<project>\n  <modelVersion>4.0.0</modelVersion>\n  <parent>\n    <groupId>shop</groupId>\n"
                + "    <artifactId>shop</artifactId>\n    <version>1</version>\n  </parent>\n  <artifactId>" + name
                + "</artifactId>\n</project>\n";
    }

    private static String pom(String more) {
        return "<project>\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>shop</groupId>\n"
                + "  <artifactId>shop</artifactId>\n  <version>1</version>\n" + more + "</project>\n";
    }

    private SourceAnalysis analyse() {
        return analyse(0);
    }

    private SourceAnalysis analyse(int runtime) {
        return new SourceMigration(
                        ProjectCode.read(project.root(), runtime),
                        List.copyOf(MigrationMaps.builtIn().values()),
                        new CandidateSources())
                .analyse(Progress.NONE);
    }

    private String after(String file) {
        return analyse().patches().stream()
                .filter(patch -> patch.file().equals(file))
                .map(patch -> new String(patch.after(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " does not change"));
    }
}
