package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sources show and what compiled classes show is held against each other. */
@Tag("CLI-3")
class ReconciliationTest {
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
        project = CodeProject.in(folder).jar("guava.jar", CacheLibraries.GUAVA);
    }

    @Test
    void scan_everyWayToUseACache_isTheSameInBoth() {
        project.jar("jcache.jar", CacheLibraries.JCACHE)
                .file(MAIN + "Ways.java", """
                package shop;

                import com.google.common.cache.Cache;
                import com.google.common.cache.CacheBuilder;
                import com.google.common.cache.CacheLoader;
                import com.google.common.cache.ForwardingCache;
                import com.google.common.cache.LoadingCache;
                import java.util.concurrent.Callable;
                import java.util.concurrent.TimeUnit;
                import java.util.function.Supplier;

                class Ways {
                    static final Cache<String, String> SHARED = CacheBuilder.newBuilder()
                            .maximumSize(1)
                            .expireAfterWrite(1, TimeUnit.SECONDS).
                            build();
                    final LoadingCache<String, String> loading;

                    static class Mine extends ForwardingCache<String, String> {
                        @Override
                        protected Cache<String, String> delegate() {
                            return SHARED;
                        }

                        void twice(String id) {
                            invalidate(id);
                            super.invalidate(id);
                            this.put(id, id);
                        }
                    }

                    static class Loader extends CacheLoader<String, String> {
                        Loader() {
                            super();
                        }

                        @Override
                        public String load(String key) {
                            return key;
                        }
                    }

                    Ways() {
                        loading = CacheBuilder.newBuilder().build(new Loader());
                    }

                    Ways(int size) {
                        loading = CacheBuilder.newBuilder().maximumSize(size).build(new CacheLoader<>() {
                            @Override
                            public String load(String key) {
                                return key;
                            }
                        });
                    }

                    String all(Mine mine, String id) throws Exception {
                        Callable<String> look = () -> loading.getUnchecked(id);
                        Supplier<CacheBuilder<Object, Object>> builder = CacheBuilder::newBuilder;
                        builder.get().build();
                        try {
                            SHARED.put(id, id); SHARED.put(id, look.call());
                        } finally {
                            SHARED.invalidate(id);
                        }
                        mine.twice(id);
                        mine.getIfPresent(id);
                        return SHARED.asMap().getOrDefault(id, SHARED.toString());
                    }

                    void standard(javax.cache.CacheManager manager) {
                        try (javax.cache.Cache<String, String> cache = manager.getCache("x")) {
                            for (javax.cache.Cache.Entry<String, String> entry : cache) {
                                cache.remove(entry.getKey());
                            }
                        }
                    }
                }
                """)
                .compile("");

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.gaps(inventory)).isEmpty();
        assertThat(inventory.uses())
                .hasSizeGreaterThan(30)
                .allSatisfy(use -> assertThat(use.evidence()).as(use.name()).isEqualTo(LegacyUse.Evidence.SOURCE));
    }

    @Test
    void scan_aUseThatOnlyTheClassShows_isFound() throws IOException {
        project.file(MAIN + "Shop.java", SHOP).compile("");
        project.file(MAIN + "Shop.java", SHOP.replace("names.getIfPresent(id)", "id"));
        touch("target/classes/shop/Shop.class", Instant.now().plusSeconds(60));

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly("Shop.java:6 guava Cache", "Shop.java:9 guava Cache.getIfPresent");
        assertThat(inventory.uses().get(1).evidence()).isEqualTo(LegacyUse.Evidence.BYTECODE);
        assertThat(inventory.uses().get(1).replacement()).isEqualTo("LocalCache.getIfPresent");
    }

    @Test
    void scan_aUseThatOnlyTheSourceShows_isToldOf() throws IOException {
        project.file(MAIN + "Shop.java", SHOP.replace("names.getIfPresent(id)", "id"))
                .compile("");
        project.file(MAIN + "Shop.java", SHOP);
        touch("target/classes/shop/Shop.class", Instant.now().plusSeconds(60));

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly("only-in-source Shop.java:9 Cache.getIfPresent");
    }

    @Test
    void scan_aClassOlderThanItsSource_isToldOfAndNotCompared() throws IOException {
        project.file(MAIN + "Shop.java", SHOP).compile("");
        touch("target/classes/shop/Shop.class", Instant.now().minusSeconds(600));

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses()).hasSize(2);
        assertThat(Inventories.gaps(inventory))
                .containsExactly("class-stale Shop.java:1 its class is older, so the two were not compared");
    }

    @Test
    void scan_missingClasses_areToldOf() {
        project.file(MAIN + "Shop.java", SHOP);
        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly(
                        "not-compiled Shop.java:1 module . has no compiled classes, so its uses were not confirmed");

        project.file("other/shop/Other.java", "package shop; class Other {}")
                .compile("", "other", "target/classes", StandardCharsets.UTF_8);
        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .containsExactly("class-missing Shop.java:1 there is no class of it, so its uses were not confirmed");
    }

    @Test
    void scan_aClassWhoseSourceIsNotThere_isFoundByItsClassFile() throws IOException {
        project.file(MAIN + "Shop.java", SHOP).compile("");
        Files.delete(project.root().resolve(MAIN + "Shop.java"));

        assertThat(Inventories.uses(Inventories.of(project.root())))
                .containsExactly("Shop.class:9 guava Cache.getIfPresent");
    }

    @Test
    void scan_classesOfGeneratedSources_areLeftOutWithALine() {
        project.file("target/generated-sources/gen/shop/Shop.java", SHOP)
                .compile("", "target/generated-sources/gen", "target/classes", StandardCharsets.UTF_8);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses()).isEmpty();
        assertThat(inventory.leftOut())
                .anyMatch(line -> line.startsWith("target/generated-sources: 1 Java files"))
                .anyMatch(line -> line.startsWith("1 compiled classes of generated sources"));
    }

    @Test
    void scan_aClassFileThatCannotBeRead_isToldOf() throws IOException {
        project.file(MAIN + "Shop.java", SHOP).compile("");
        Path file = project.root().resolve("target/classes/shop/Shop.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = (byte) 200;
        Files.write(file, bytes);

        assertThat(Inventories.gaps(Inventories.of(project.root())))
                .contains("class-unreadable shop.Shop:1 a class file that cannot be read");
    }

    @Test
    void scan_aTest_isComparedWithTheClassesOfTests() {
        project.file(MAIN + "Main.java", "package shop; class Main {}")
                .file("src/test/java/shop/Shop.java", SHOP)
                .compile("")
                .compile("", "src/test/java", "target/test-classes", StandardCharsets.UTF_8);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses()).hasSize(2);
        assertThat(inventory.gaps()).isEmpty();
    }

    private void touch(String name, Instant time) throws IOException {
        Files.setLastModifiedTime(project.root().resolve(name), FileTime.from(time));
    }
}
