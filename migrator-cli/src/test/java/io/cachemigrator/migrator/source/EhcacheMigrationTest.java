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

/** The command line moves caches of Ehcache 2, and looks into the configuration that the code loads. */
@Tag("REC-2")
@Tag("REC-3")
class EhcacheMigrationTest {
    private static final String MAIN = "src/main/java/shop/Shop.java";
    private static final String SHOP = """
            package shop;

            import net.sf.ehcache.Cache;
            import net.sf.ehcache.CacheManager;
            import net.sf.ehcache.Element;

            class Shop {
                private final Cache names = CacheManager.getInstance().getCache("names");

                Object name(String id) {
                    Element found = names.get(id);
                    if (found == null) {
                        names.put(new Element(id, id + id));
                        return id + id;
                    }
                    return found.getObjectValue();
                }
            }
            """;

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder)
                .jar("ehcache.jar", CacheLibraries.EHCACHE2)
                .file(
                        "pom.xml",
                        "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId>"
                                + "<artifactId>shop</artifactId><version>1</version></project>")
                .file(MAIN, SHOP);
    }

    @Test
    void aCache_whoseConfigurationCanBeKept_isRewritten() {
        project.file(
                "src/main/resources/ehcache.xml",
                "<ehcache><cache name=\"names\" maxEntriesLocalHeap=\"10\" timeToLiveSeconds=\"60\"/></ehcache>");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.patches()).extracting(SourcePatch::file).containsExactly(MAIN, "pom.xml");
        assertThat(new String(analysis.patches().get(0).after(), StandardCharsets.UTF_8))
                .contains(
                        "import io.cachemigrator.cache.element.CacheElement;",
                        "MemoryElementCache names = ElementCaches.getInstance().getCache(\"names\")",
                        "new CacheElement(id, id + id)")
                .doesNotContain("net.sf.ehcache");
        assertThat(analysis.callSites())
                .hasSizeGreaterThan(6)
                .allSatisfy(site -> assertThat(site.disposition()).isEqualTo(CallSite.Disposition.REWRITTEN))
                .allSatisfy(site -> assertThat(site.family()).isEqualTo("ehcache2"));
    }

    @Test
    void aCache_whoseConfigurationWritesToDisk_stays() {
        project.file(
                "src/main/resources/ehcache.xml",
                "<ehcache><cache name=\"names\" maxEntriesLocalHeap=\"10\" overflowToDisk=\"true\"/></ehcache>");

        SourceAnalysis analysis = analyse();

        assertThat(analysis.patches()).isEmpty();
        assertThat(analysis.callSites())
                .isNotEmpty()
                .allSatisfy(site -> assertThat(site.disposition()).isEqualTo(CallSite.Disposition.REFUSED));
        assertThat(analysis.callSites())
                .anySatisfy(site -> assertThat(site.reason()).contains("ehcache.xml"));
    }

    @Test
    void aCache_whoseConfigurationIsNotThere_stays() {
        assertThat(analyse().callSites())
                .anySatisfy(site -> assertThat(site.reasonCode()).isEqualTo("XML_NOT_FOUND"));
        assertThat(analyse().patches()).isEmpty();
    }

    private SourceAnalysis analyse() {
        return new SourceMigration(
                        ProjectCode.read(project.root()),
                        List.copyOf(MigrationMaps.builtIn().values()),
                        new CandidateSources())
                .analyse(Progress.NONE);
    }
}
