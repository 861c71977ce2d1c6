package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.CallSite.Disposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not compile after the rewriting is undone with what shares its values; everything else stays. */
@Tag("REC-1")
@Tag("REC-3")
class CompileGateTest {
    private static final String MAIN = "src/main/java/shop/";
    private static final String CLEARING = """
            package shop;

            import io.cachemigrator.compat.services.RedisCacheService;

            public class Shop {
                public long empty(RedisCacheService redis) {
                    return redis.clearNamespace().removed();
                }
            }
            """;
    /** Its rewritten form has the method of {@link #CHILD} in its way. */
    private static final String PARENT = """
            package shop;

            import io.cachemigrator.compat.services.RedisCacheService;

            public class Parent {
                public void work(RedisCacheService redis) {}
            }
            """;

    private static final String CHILD = """
            package shop;

            import io.cachemigrator.cache.domain.keyed.KeyedCache;

            class Child extends Parent {
                public int work(KeyedCache cache) {
                    return 1;
                }
            }
            """;
    private static final String BROKEN =
            "package shop;\n\nclass Broken {\n    String name = 1;\n    String other = 1;\n}\n";

    @TempDir
    private Path project;

    @TempDir
    private Path work;

    @Test
    void errorInAFileThatIsNotChanged_undoesTheChangedFileThatItNames() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Parent.java", PARENT);
        write(MAIN + "Child.java", CHILD);

        SourceAnalysis analysis = analyse();

        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
        assertThat(refused(analysis)).containsExactly(MAIN + "Parent.java DOES_NOT_COMPILE");
        assertThat(reasons(analysis))
                .allMatch(reason -> reason.contains(MAIN + "Child.java:6: ")
                        && reason.contains("return type int is not compatible with void"));
        assertThat(errorsAfter(analysis)).isEmpty();
    }

    @Test
    void groupOfFiles_isUndoneTogether_andAnotherStays() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Parent.java", PARENT);
        write(MAIN + "Child.java", CHILD);
        write(MAIN + "Holder.java", """
                package shop;

                import io.cachemigrator.compat.services.RedisCacheService;
                import java.util.List;

                class Holder {
                    List<RedisCacheService> all() {
                        return List.of();
                    }

                    Parent parent() {
                        return new Parent() {
                            @Override
                            public void work(RedisCacheService redis) {}
                        };
                    }
                }
                """);

        SourceAnalysis analysis = analyse();

        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
        assertThat(refused(analysis))
                .contains(MAIN + "Parent.java DOES_NOT_COMPILE", MAIN + "Holder.java SHARED_WITH_REFUSED");
        assertThat(errorsAfter(analysis)).isEmpty();
    }

    @Test
    void errorsOfBefore_areNoFaultOfTheRewriting_andAreSaidOnce() throws IOException {
        write(MAIN + "Shop.java", CLEARING.replace("    public long", "    String name = 1;\n\n    public long"));
        write(MAIN + "Broken.java", BROKEN);

        SourceAnalysis analysis = analyse();

        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
        assertThat(analysis.compileErrors())
                .extracting(error -> error.file() + ":" + error.line())
                .containsExactly(MAIN + "Broken.java:4", MAIN + "Broken.java:5", MAIN + "Shop.java:6");
        assertThat(analysis.problems()).isEmpty();
    }

    @Test
    void errorsOfBefore_hideNoNewOneOfTheSameWords() {
        CompileError old = new CompileError(new SourceProblem("A.java", 3, "incompatible types"), false);
        CompileError moved = new CompileError(new SourceProblem("A.java", 2, "incompatible types"), false);
        CompileError second = new CompileError(new SourceProblem("A.java", 9, "incompatible types"), false);
        CompileError elsewhere = new CompileError(new SourceProblem("B.java", 3, "incompatible types"), false);

        assertThat(CompileError.added(List.of(old), List.of(moved))).isEmpty();
        assertThat(CompileError.added(List.of(old), List.of(moved, second, elsewhere)))
                .containsExactly(second, elsewhere);
    }

    @Test
    void fileWithNamesThatAreNotFound_isNotJudged_andSaidAsAFinding() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(
                MAIN + "Other.java",
                CLEARING.replace("Shop", "Other").replace("redis.clear", "com.example.Gone.x(); redis.clear"));

        SourceAnalysis analysis = analyse();

        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
        assertThat(refused(analysis)).containsOnly(MAIN + "Other.java NOT_JUDGED");
        assertThat(reasons(analysis)).allMatch(reason -> reason.contains("package com.example does not exist"));
        assertThat(analysis.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(MAIN + "Other.java");
            assertThat(problem.message()).contains("cannot be judged", "package com.example does not exist");
        });
    }

    @Test
    void modules_areCompiledEachWithItsOwnDependencies() throws IOException {
        write(
                "pom.xml",
                pom("<packaging>pom</packaging><modules><module>store</module><module>app</module>"
                        + "<module>tool</module></modules>"));
        write("store/pom.xml", module("store", ""));
        write("app/pom.xml", module("app", dependency("store")));
        write("tool/pom.xml", module("tool", ""));
        write("store/" + MAIN + "Parent.java", PARENT);
        write("app/" + MAIN + "Child.java", CHILD);
        for (String module : List.of("store", "app", "tool")) {
            // one class of one name in each module, as only a build by modules allows
            write(module + "/" + MAIN + "Main.java", "package shop;\n\nclass Main {}\n");
        }
        write("tool/" + MAIN + "Tool.java", CLEARING.replace("Shop", "Tool"));

        SourceAnalysis analysis = analyse();

        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.compileErrors()).isEmpty();
        assertThat(patched(analysis)).containsExactly("tool/" + MAIN + "Tool.java");
        assertThat(refused(analysis)).contains("store/" + MAIN + "Parent.java DOES_NOT_COMPILE");
        assertThat(reasons(analysis)).anyMatch(reason -> reason.contains("app/" + MAIN + "Child.java:6: "));
    }

    /** An optional dependency is not handed on to those who depend on the module. */
    @Test
    void errorsInWhatAModuleSeesOfAnother_areNotItsOwn() throws Exception {
        Path jar = Path.of(org.slf4j.Logger.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String version = String.valueOf(jar.getParent().getFileName());
        write(
                "pom.xml",
                pom("<packaging>pom</packaging><modules><module>store</module><module>app</module></modules>"));
        write(
                "store/pom.xml",
                module(
                        "store",
                        "<dependencies><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>"
                                + version + "</version><optional>true</optional></dependency></dependencies>"));
        write("app/pom.xml", module("app", dependency("store")));
        write("store/" + MAIN + "Store.java", "package shop;\n\npublic class Store {\n    org.slf4j.Logger log;\n}\n");
        write("app/" + MAIN + "App.java", "package shop;\n\nclass App {\n    Store store;\n}\n");
        write("app/" + MAIN + "Tool.java", CLEARING.replace("Shop", "Tool"));

        assertThat(analyse().compileErrors()).isEmpty();
        assertThat(ProjectCode.read(project).compileErrors()).isEmpty();
    }

    @Test
    void moduleThatNamesAClassItDoesNotDependOn_doesNotCompile() throws IOException {
        write(
                "pom.xml",
                pom("<packaging>pom</packaging><modules><module>store</module><module>app</module></modules>"));
        write("store/pom.xml", module("store", ""));
        write("app/pom.xml", module("app", ""));
        write("store/" + MAIN + "Shop.java", CLEARING);
        write("app/" + MAIN + "App.java", "package shop;\n\nclass App {\n    Shop shop;\n}\n");

        assertThat(analyse().compileErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.file()).isEqualTo("app/" + MAIN + "App.java"));
    }

    @Test
    void testsSeeMain_andMainSeesNoTest() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(
                "src/test/java/shop/ShopTest.java",
                CLEARING.replace("Shop", "ShopTest").replace("long e", "Shop s; long e"));
        write(MAIN + "Wrong.java", "package shop;\n\nclass Wrong {\n    ShopTest test;\n}\n");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.compileErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.file()).isEqualTo(MAIN + "Wrong.java"));
        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java", "src/test/java/shop/ShopTest.java");
    }

    @Test
    void jarOfTheProject_isOnTheClassPath() throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        Path source = work.resolve("Labels.java");
        Files.writeString(
                source, "package lib; public class Labels { public static String of(long n) { return \"\"; } }");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Files.createDirectories(project.resolve("lib"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(project.resolve("lib/labels.jar")))) {
            jar.putNextEntry(new JarEntry("lib/Labels.class"));
            jar.write(Files.readAllBytes(classes.resolve("lib/Labels.class")));
            jar.closeEntry();
        }
        write(MAIN + "Shop.java", CLEARING.replace("return redis", "lib.Labels.of(1L);\n        return redis"));

        SourceAnalysis analysis = analyse();

        assertThat(analysis.compileErrors()).isEmpty();
        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
    }

    @Test
    void fileThatIsNoJavaOfTheLevel_isNamed_andTheOthersAreRewritten() throws IOException {
        write(MAIN + "Shop.java", CLEARING);
        write(MAIN + "Torn.java", "package shop; class Torn { void");
        String newer = CLEARING.replace("Shop", "Newer")
                .replace(
                        "return redis", "switch ((Object) redis) { case String s -> {} default -> {} }\n return redis");
        write(MAIN + "Newer.java", newer);

        SourceAnalysis analysis = analyse();

        assertThat(patched(analysis)).containsExactly(MAIN + "Shop.java");
        assertThat(analysis.problems())
                .extracting(SourceProblem::file)
                .containsExactly(MAIN + "Newer.java", MAIN + "Torn.java");
        assertThat(analysis.problems().get(0).message()).contains("cannot be parsed as Java 17", "patterns in switch");
        assertThat(Files.readString(project.resolve(MAIN + "Newer.java"))).isEqualTo(newer);
    }

    private SourceAnalysis analyse() {
        return new SourceMigration(
                        ProjectCode.read(project),
                        List.copyOf(MigrationMaps.builtIn().values()),
                        new CandidateSources())
                .analyse(Progress.NONE);
    }

    private List<SourceProblem> errorsAfter(SourceAnalysis analysis) throws IOException {
        for (SourcePatch patch : analysis.patches()) {
            Files.write(project.resolve(patch.file()), patch.after());
        }
        return analyse().compileErrors();
    }

    private static List<String> patched(SourceAnalysis analysis) {
        return analysis.patches().stream().map(SourcePatch::file).toList();
    }

    private static List<String> refused(SourceAnalysis analysis) {
        return sites(analysis).stream()
                .map(site -> site.file() + " " + site.reasonCode())
                .distinct()
                .toList();
    }

    private static List<String> reasons(SourceAnalysis analysis) {
        List<String> reasons = new ArrayList<>();
        sites(analysis).forEach(site -> reasons.add(String.valueOf(site.reason())));
        assertThat(reasons).isNotEmpty();
        return reasons;
    }

    private static List<CallSite> sites(SourceAnalysis analysis) {
        return analysis.callSites().stream()
                .filter(site -> site.disposition() == Disposition.REFUSED)
                .toList();
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

    private static String dependency(String name) {
        return "<dependencies><dependency><groupId>shop</groupId><artifactId>" + name
                + "</artifactId><version>1</version></dependency></dependencies>";
    }

    private void write(String path, String text) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
