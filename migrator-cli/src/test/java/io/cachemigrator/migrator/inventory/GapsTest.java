package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be looked at is told of, never skipped in silence. */
@Tag("CLI-3")
class GapsTest {
    private static final String MAIN = "src/main/java/shop/";
    private static final String SHOP = """
            package shop;

            import com.google.common.cache.Cache;

            class Shop {
                Cache<String, String> names;

                String name(String id) {
                    return names.getIfPresent(id);
                }
            }
            """;

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder);
    }

    @Test
    void untyped_aMissingJar_isNamedByWhatItHides() {
        project.file(MAIN + "Shop.java", SHOP);

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly(
                        untyped("Shop.java:3", "com.google.common.cache.Cache"),
                        untyped("Shop.java:6", "Cache"),
                        untyped("Shop.java:9", "getIfPresent"));
    }

    @Test
    void untyped_wildcardAndFullNames_areNamedToo() {
        project.file(MAIN + "Shop.java", """
                package shop; import net.sf.ehcache.*;
                class Shop {
                    javax.cache.CacheManager manager;
                }
                """);

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly(untyped("Shop.java:1", "net.sf.ehcache.*"), untyped("Shop.java:3", "CacheManager"));
    }

    @Test
    void untyped_anyOtherMissingTypeOfAFileWithACache_isNamedToo() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Shop.java", SHOP.replace("import com", "import org.elsewhere.Client;\nimport com"));

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .contains(untyped("Shop.java:3", "org.elsewhere.Client"));
    }

    @Test
    void unknownImports_ofFilesThatNameNoLegacyType_areToldOfOnce() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Shop.java", SHOP)
                .compile("")
                .file(MAIN + "One.java", """
                        package shop;
                        /*
                        import org.commented.Out;
                        */
                        import java.util.Map; import java.util.Map.Entry; import static java.lang.Math.max;
                        import org.elsewhere.Client;
                        class One {}
                        """)
                .file(
                        MAIN + "Two.java",
                        "package shop; import org.elsewhere.Client; import java.util.*;"
                                + " class Two { void of(Map<String, String> map) { map.put(map.get(\"x\"), \"y\"); } }");

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly(
                        "unknown-import One.java:6 The import of org.elsewhere.Client leads to nothing, in 2 files that name no legacy type");
    }

    @Test
    void unparsable_aFileThatMayHoldAUse_isToldOfWithItsLine() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Shop.java", SHOP.replace("return", "retrun this is"));

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .anyMatch(gap -> gap.startsWith("unparsable Shop.java:9 "));
    }

    @Test
    void newerSyntax_ofAProjectForALaterJava_isToldAsSuch() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file("pom.xml", """
                        <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId>
                        <version>1</version><properties><maven.compiler.release>99</maven.compiler.release></properties>
                        </project>
                        """)
                .file(
                        MAIN + "Shop.java",
                        SHOP.replace("class Shop {", "class Shop { void f() { future syntax here; }"));

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .anyMatch(gap -> gap.startsWith("newer-syntax Shop.java:5 Java 99 that Java "));
    }

    @Test
    void otherLanguages_thatNameALegacyType_areToldOfAndNotTouched() {
        project.file("src/main/kotlin/shop/Shop.kt", "package shop\n\nimport com.google.common.cache.Cache\n")
                .file("src/main/groovy/shop/Old.groovy", "import net.sf.ehcache.Cache\n")
                .file("src/main/kotlin/shop/Plain.kt", "package shop\nimport com.google.common.cachex.Cache\n");
        var before = project.contents();

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly(
                        "other-language Old.groovy:1 Groovy that names net.sf.ehcache",
                        "other-language Shop.kt:3 Kotlin that names com.google.common.cache");
        assertThat(project.contents()).isEqualTo(before);
    }

    @Test
    void links_thatLeadOutOfTheProject_areToldOfAndNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("Far.java"), SHOP.replace("Shop", "Far"));
        project.jar("guava.jar", CacheLibraries.GUAVA).file(MAIN + "Plain.java", "package shop; class Plain {}");
        Files.createSymbolicLink(project.root().resolve("src/main/java/far"), elsewhere);
        Files.createSymbolicLink(project.root().resolve(MAIN + "Far.java"), elsewhere.resolve("Far.java"));
        Files.createSymbolicLink(
                project.root().resolve("inside"), project.root().resolve("src/main/java/shop"));

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses()).isEmpty();
        assertThat(Inventories.gaps(inventory))
                .containsExactly(
                        "outside-link far:1 a link that leads out of the project",
                        "outside-link Far.java:1 a link that leads out of the project");
    }

    @Test
    void leftOut_generatedCodeAndTemplates_areSaid() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Shop.java", SHOP)
                .file(
                        MAIN + "Made.java",
                        SHOP.replace("class Shop", "@javax.annotation.processing.Generated(\"x\") class Made"))
                .file("target/generated-sources/annotations/shop/Gen.java", SHOP)
                .file("src/main/resources/archetype-resources/src/main/java/Tem.java", SHOP)
                .file("archetype-resources/src/main/java/Tem.java", SHOP)
                .file("tools/Tool.java", SHOP);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly("Shop.java:6 guava Cache", "Shop.java:9 guava Cache.getIfPresent");
        assertThat(inventory.leftOut())
                .contains(
                        "target/generated-sources: 1 Java files (generated)",
                        "archetype-resources: 1 Java files (templates)",
                        "1 Java files with classes annotated as generated, first " + MAIN + "Made.java")
                .anyMatch(line -> line.startsWith("1 Java files outside the source folders of the build"));
    }

    @Test
    void gradle_classPathIsALimit_andCompiledClassesMakeUpForIt() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file("build.gradle", "plugins { id 'java' }")
                .file(MAIN + "Shop.java", SHOP)
                .compile("", "src/main/java", "build/classes/java/main", StandardCharsets.UTF_8);
        project.move("lib/guava.jar", "build/guava.jar");

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory)).containsExactly("Shop.java:9 guava Cache.getIfPresent");
        assertThat(Inventories.gaps(inventory))
                .containsExactly(
                        "unknown-class-path build.gradle:1 the class path of a Gradle build is not worked out");
    }

    @Test
    void gradle_withoutCompiledClasses_isUntyped() {
        project.file("build.gradle.kts", "plugins { java }").file(MAIN + "Shop.java", SHOP);

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .contains(untyped("Shop.java:3", "com.google.common.cache.Cache"));
    }

    @Test
    void encodings_asTheBuildFileSays_areReadProperly() {
        String text = SHOP.replace("String name(", "/* \u00e9\u00e8 */ String caf\u00e9(")
                .replace("\n", "\r\n");
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file("pom.xml", """
                        <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version>
                        <properties><project.build.sourceEncoding>ISO-8859-1</project.build.sourceEncoding></properties></project>
                        """)
                .file(MAIN + "Shop.java", text, StandardCharsets.ISO_8859_1)
                .file(
                        MAIN + "User.java",
                        "package shop; class User { Object of(Shop shop) { return shop.caf\u00e9(\"x\"); } }",
                        StandardCharsets.ISO_8859_1)
                .compile("", "src/main/java", "target/classes", StandardCharsets.ISO_8859_1);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly("Shop.java:6 guava Cache", "Shop.java:9 guava Cache.getIfPresent");
        assertThat(inventory.gaps()).isEmpty();
    }

    @Test
    void modules_withAClassOfOneName_areBothLookedThrough() {
        project.jar("guava.jar", CacheLibraries.GUAVA);
        for (String module : new String[] {"one", "two"}) {
            project.file(
                            module + "/pom.xml",
                            "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>" + module
                                    + "</artifactId><version>1</version></project>")
                    .file(module + "/" + MAIN + "Shop.java", SHOP)
                    .compile(module);
        }

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses())
                .extracting(LegacyUse::file)
                .containsExactly(
                        "one/" + MAIN + "Shop.java",
                        "one/" + MAIN + "Shop.java",
                        "two/" + MAIN + "Shop.java",
                        "two/" + MAIN + "Shop.java");
        assertThat(inventory.gaps()).isEmpty();
    }

    private static String untyped(String where, String what) {
        return "untyped " + where + " The type of " + what + " is unknown, so that a legacy use may hide here";
    }
}
