package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import io.cachemigrator.migrator.testkit.LegacySources;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading only the sources that can hold a legacy use finds what reading all of them finds. */
@Tag("CLI-3")
class PrefilterTest {
    private static final String MAIN = "src/main/java/shop/";

    @TempDir
    private Path folder;

    @Test
    void scan_ofTheSampleApplication_findsTheSameAsReadingAll() {
        LegacySources.sampleTo(folder);

        Both both = scan(folder, List.copyOf(MigrationMaps.builtIn().values()));

        assertThat(both.chosen.uses()).isEqualTo(both.all.uses()).hasSizeGreaterThan(50);
        assertThat(both.chosen.gaps()).isEqualTo(both.all.gaps());
        assertThat(both.candidates).isLessThan(both.files);
    }

    /** Uses that reach sources without any legacy name in them: by members, subclasses, lambdas, generics and records. */
    @Test
    void scan_ofSourcesThatNameNoLegacyType_findsTheSameAsReadingAll() {
        CodeProject project = CodeProject.in(folder)
                .jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Holder.java", """
                        package shop;
                        import com.google.common.cache.Cache;
                        import java.util.function.Consumer;
                        import java.util.function.Supplier;
                        public class Holder {
                            protected Cache<String, String> names;
                            private Cache<String, String> hidden;
                            public Supplier<Cache<String, String>> later() { return () -> hidden; }
                            public void with(Consumer<Cache<String, String>> use) { use.accept(hidden); }
                            public Holder() {}
                            public Holder(Consumer<Cache<String, String>> use) {}
                        }
                        """)
                .file(MAIN + "Carrier.java", """
                        package shop;
                        public record Carrier(com.google.common.cache.Cache<String, String> carried) {}
                        """)
                .file(MAIN + "Spaced.java", """
                        package shop;
                        public class Spaced { com . google . common /* there */ . cache . Cache<String, String> odd; }
                        """)
                .file(
                        MAIN + "Escaped.java",
                        "package shop; public class Escaped { com.goo\\u0067le.common.cache.Cache<String, String> odd; }")
                .file(
                        "src/main/java/com/google/common/cache/Neighbour.java",
                        "package com.google.common.cache; public class Neighbour { public Cache<String, String> near; }")
                .file(MAIN + "Middle.java", "package shop; public class Middle extends Holder {}")
                .file(
                        MAIN + "Lower.java",
                        "package shop; public class Lower extends Middle { String of() { return names.getIfPresent(\"x\"); } }")
                .file(
                        MAIN + "Factory.java",
                        "package shop; public class Factory { public Lower lower() { return new Lower(); } }")
                .file(
                        MAIN + "ByMember.java",
                        "package shop; class ByMember { String of(Factory f) { return f.lower().later().get().getIfPresent(\"x\"); } }")
                .file(
                        MAIN + "ByLambda.java",
                        "package shop; class ByLambda { void of(Factory f) { f.lower().with(c -> c.invalidateAll()); } }")
                .file(
                        MAIN + "ByConstructor.java",
                        "package shop; class ByConstructor { Object of() { return new Holder(c -> c.invalidateAll()); } }")
                .file(
                        MAIN + "ByRecord.java",
                        "package shop; class ByRecord { Object of(Carrier c) { return c.carried().asMap(); } }")
                .file(
                        MAIN + "ByNeighbour.java",
                        "package shop; class ByNeighbour { Object of(com.google.common.cache.Neighbour n) { return n.near.asMap(); } }")
                .file(
                        MAIN + "ByOdd.java",
                        "package shop; class ByOdd { Object of(Spaced s, Escaped e) { return s.odd.asMap().equals(e.odd.asMap()); } }")
                .file(
                        MAIN + "Filled.java",
                        "package shop; class Filled { java.util.Map<String, String> m = new java.util.HashMap<>(); String of(String k) { return m.computeIfAbsent(k, x -> x + x); } }")
                .file(
                        MAIN + "Plain.java",
                        "package shop; class Plain { int plain(Factory f) { return f.hashCode(); } }")
                .file(MAIN + "Other.java", "package shop; class Other { String get(String x) { return x; } }");

        Both both = scan(project.root(), Inventories.maps());

        assertThat(both.chosen.uses()).isEqualTo(both.all.uses());
        assertThat(both.chosen.uses())
                .extracting(use -> use.file().substring(use.file().lastIndexOf('/') + 1))
                .contains(
                        "Lower.java",
                        "ByMember.java",
                        "ByLambda.java",
                        "ByConstructor.java",
                        "ByRecord.java",
                        "ByNeighbour.java",
                        "ByOdd.java",
                        "Spaced.java",
                        "Escaped.java",
                        "Filled.java");
        assertThat(both.chosen.gaps()).isEmpty();
        assertThat(both.names).doesNotContain(MAIN + "Plain.java", MAIN + "Other.java");
    }

    private record Both(JavaScan.Found chosen, JavaScan.Found all, int candidates, int files, Set<String> names) {}

    private static Both scan(Path root, List<MigrationMap> maps) {
        ProjectCode code = ProjectCode.read(root);
        Set<String> all = new TreeSet<>();
        code.sources().files().stream().map(JavaFile::path).forEach(all::add);
        try (ScanProgress progress = ScanProgress.start(Progress.NONE)) {
            JavaScan scan = new JavaScan(code, new LegacyIndex(maps, List.of()), List.of(), progress);
            Prefilter.Candidates candidates = scan.candidates();
            return new Both(
                    scan.scan(candidates),
                    scan.scan(new Prefilter.Candidates(all, candidates.named())),
                    candidates.all().size(),
                    all.size(),
                    candidates.all());
        }
    }
}
