package io.cachemigrator.recipes.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.DocumentExample;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-2")
class MigrateFromMapTest implements RewriteTest {
    /** A cache library as companies have one. */
    private static final String TIMED_MAP = """
            package com.acme.cache;

            public class TimedMap<K, V> {
                public static final int LARGE = 1000;
                public int hits;
                public TimedMap(int size, long seconds) {}
                public TimedMap() {}
                public V find(K key) { return null; }
                public void store(K key, V value) {}
                public void storeAt(V value, K key) {}
                public void drop(Object key) {}
                public void drop(Object key, boolean now) {}
                public java.util.Map<K, V> entries() { return null; }
                public long size() { return 0; }
                public void unmapped() {}
            }
            """;

    private static final String STORED = """
            package com.acme.cache;

            public interface Stored<V> { V value(); }
            """;

    static final String MAP = """
            format: 1
            family: in-house
            title: The cache library of our own
            apis:
              - type: com.acme.cache.TimedMap
                replacement: io.cachemigrator.cache.local.LocalCache
                rewrite: automatic
                recipe: io.cachemigrator.recipes.map.MigrateFromMap
                complexity: low
                effort: { min: 5m, max: 15m }
                methods:
                  - name: <init>
                    inline:
                      - parameters: ["int size", "long seconds"]
                        replacement: "LocalCacheBuilder.newBuilder().maximumSize(size).expireAfterWrite(Duration.ofSeconds(seconds)).build()"
                        imports: [io.cachemigrator.cache.local.LocalCacheBuilder, java.time.Duration]
                  - { name: find, replacement: getIfPresent }
                  - { name: store, replacement: put }
                  - name: storeAt
                    inline:
                      - parameters: ["java.lang.Object value", "java.lang.Object key"]
                        replacement: "this.put(key, value)"
                  - name: drop
                    inline:
                      - parameters: ["java.lang.Object key"]
                        replacement: "this.invalidate(key)"
                  - { name: size }
                  - { name: entries, rewrite: manual, reason: "The new cache gives a live view." }
              - type: com.acme.cache.Stored
                replacement: java.util.function.Supplier
                rewrite: automatic
                recipe: io.cachemigrator.recipes.map.MigrateFromMap
                complexity: low
                effort: { min: 5m, max: 15m }
                methods:
                  - { name: value, replacement: get }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(new MigrateFromMap(null, MAP, null))
                .parser(JavaParser.fromJavaVersion().classpath(classpath()).dependsOn(TIMED_MAP, STORED));
    }

    private static List<Path> classpath() {
        return JavaParser.runtimeClasspath().stream()
                .filter(path -> path.toString().matches(".*[/\\\\](jspecify-[^/\\\\]*\\.jar|cache-service[/\\\\-].*)"))
                .toList();
    }

    private static String shop(String imports, String members) {
        return "package shop;\n\n" + imports + "\nclass Shop {\n" + members.indent(4) + "}\n";
    }

    private static String legacy(String members) {
        return shop("import com.acme.cache.TimedMap;\n", members);
    }

    private static String fresh(String members) {
        return shop("import io.cachemigrator.cache.local.LocalCache;\n", members);
    }

    private static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }

    @DocumentExample
    @Test
    void rewrite_aCacheOfOurOwn_doesWhatTheMapSays() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactly(
                                        "7 TimedMap REWRITTEN",
                                        "7 TimedMap REWRITTEN",
                                        "7 TimedMap.<init> REWRITTEN",
                                        "10 TimedMap.find REWRITTEN",
                                        "12 TimedMap.drop REWRITTEN",
                                        "14 TimedMap.store REWRITTEN")),
                java("""
                        package shop;

                        import com.acme.cache.TimedMap;
                        import java.util.List;

                        class Shop {
                            private final TimedMap<String, List<String>> names = new TimedMap<>(100, 60);

                            List<String> of(String id, boolean forget) {
                                List<String> found = names.find(id);
                                if (forget) {
                                    names.drop(id);
                                }
                                names.store(id, List.of(id));
                                return found;
                            }
                        }
                        """, """
                        package shop;

                        import io.cachemigrator.cache.local.LocalCache;
                        import io.cachemigrator.cache.local.LocalCacheBuilder;
                        import java.time.Duration;
                        import java.util.List;

                        class Shop {
                            private final LocalCache<String, List<String>> names = LocalCacheBuilder.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofSeconds(60)).build();

                            List<String> of(String id, boolean forget) {
                                List<String> found = names.getIfPresent(id);
                                if (forget) {
                                    names.invalidate(id);
                                }
                                names.put(id, List.of(id));
                                return found;
                            }
                        }
                        """));
    }

    @Test
    void rewrite_operandsThatDoNothing_mayChangePlaces() {
        rewriteRun(java(
                legacy("void it(TimedMap<String, String> map, String key) { map.storeAt(\"v\", key); }"),
                fresh("void it(LocalCache<String, String> map, String key) { map.put(key, \"v\"); }")));
    }

    @Test
    void rewrite_aLambdaAndAReference_areRewritten() {
        rewriteRun(
                java(
                        legacy(
                                "Runnable it(TimedMap<String, String> map) { return () -> map.drop(\"k\"); }\n"
                                        + "java.util.function.LongSupplier size(TimedMap<String, String> map) { return map::size; }\n"
                                        + "java.util.function.UnaryOperator<String> find(TimedMap<String, String> map) { return map::find; }"),
                        fresh(
                                "Runnable it(LocalCache<String, String> map) { return () -> map.invalidate(\"k\"); }\n"
                                        + "java.util.function.LongSupplier size(LocalCache<String, String> map) { return map::size; }\n"
                                        + "java.util.function.UnaryOperator<String> find(LocalCache<String, String> map) { return map::getIfPresent; }")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Object it() { return map.entries(); } | TimedMap.entries REFUSED NO_COUNTERPART",
                "void it() { map.unmapped(); } | TimedMap.unmapped REFUSED NO_COUNTERPART",
                "void it() { map.drop(1, true); } | TimedMap.drop REFUSED NO_COUNTERPART",
                "void it() { map.storeAt(next(), next()); } String next() { return null; } | TimedMap.storeAt REFUSED SIDE_EFFECT",
                "Object it() { return new TimedMap<String, String>(); } | TimedMap.<init> REFUSED NO_COUNTERPART",
                "java.util.function.Consumer<Object> it() { return map::drop; } | TimedMap.drop REFUSED METHOD_REFERENCE",
                "int it() { return TimedMap.LARGE; } | TimedMap.LARGE REFUSED NO_COUNTERPART",
                "int it() { return map.hits; } | TimedMap.hits REFUSED NO_COUNTERPART",
                "static class Own extends TimedMap<String, String> {} | TimedMap REFUSED INHERITANCE",
                "Object it(Object o) { return (TimedMap<?, ?>) o; } | TimedMap REFUSED CAST",
                "Object it() { return TimedMap.class; } | TimedMap.class REFUSED CLASS_LITERAL",
                "class LocalCache {} | TimedMap REFUSED NAME_TAKEN",
                "<LocalCache> LocalCache it() { return null; } | TimedMap REFUSED NAME_TAKEN",
            })
    void rewrite_whatTheMapDoesNotCover_staysWithItsReason(String member, String row) {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains("6 TimedMap.find REFUSED "
                                        + (row.endsWith("NAME_TAKEN") ? "NAME_TAKEN" : "SHARED_WITH_REFUSED"))
                                .anyMatch(it -> it.endsWith(row))
                                .noneMatch(it -> it.contains("REWRITTEN"))),
                java(legacy("Object find(TimedMap<String, String> map) { return map.find(\"k\"); }\n"
                        + "TimedMap<String, String> map;\n" + member)));
    }

    @Test
    void rewrite_anImplementation_stays() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains("5 Stored REFUSED INHERITANCE")),
                java("""
                        package shop;

                        import com.acme.cache.Stored;

                        class One implements Stored<String> {
                            public String value() { return "1"; }
                        }
                        """));
    }

    @Test
    void rewrite_filesThatShareACache_stayTogether() {
        rewriteRun(java("""
                        package shop;

                        import com.acme.cache.TimedMap;

                        class Holder {
                            TimedMap<String, String> map() { return null; }
                        }
                        """), java("""
                        package shop;

                        class User {
                            Object all(Holder holder) { return holder.map().entries(); }
                        }
                        """));
    }

    @Test
    void rewrite_theLibraryItself_isLeft() {
        rewriteRun(
                spec -> spec.parser(JavaParser.fromJavaVersion().classpath(classpath())),
                java(TIMED_MAP),
                java(
                        legacy("Object it(TimedMap<String, String> map) { return map.find(\"k\"); }"),
                        fresh("Object it(LocalCache<String, String> map) { return map.getIfPresent(\"k\"); }")));
    }

    @Test
    void rewrite_asABuildDeclaresIt_doesWhatTheMapSays() {
        String yaml = """
                type: specs.openrewrite.org/v1beta/recipe
                name: shop.MigrateOurs
                displayName: Migrate our caches
                description: Does what our own map says.
                recipeList:
                  - io.cachemigrator.recipes.map.MigrateFromMap:
                      mapText: |
                """ + MAP.indent(8);

        rewriteRun(
                spec -> spec.recipeFromYaml(yaml, "shop.MigrateOurs"),
                java(
                        legacy("Object it(TimedMap<String, String> map) { return map.find(\"k\"); }"),
                        fresh("Object it(LocalCache<String, String> map) { return map.getIfPresent(\"k\"); }")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.yml", "/etc/hostname", "no-such-map.yml", "src"})
    void validate_aMapThatCannotBeUsed_saysWhatWhyAndHow(String map) {
        var validated = new MigrateFromMap(map, null, null).validate();

        assertThat(validated.isValid()).isFalse();
        assertThat(validated.failures().get(0).getMessage().lines())
                .hasSize(3)
                .first()
                .asString()
                .contains(map);
    }

    @Test
    void validate_mapAndText_takesExactlyOne() {
        assertThat(new MigrateFromMap(null, null, null).validate().isValid()).isFalse();
        assertThat(new MigrateFromMap("services", MAP, null).validate().isValid())
                .isFalse();
        assertThat(new MigrateFromMap("services", null, null).validate().isValid())
                .isTrue();
        assertThat(new MigrateFromMap(null, MAP, null).validate().isValid()).isTrue();
        assertThat(new MigrateFromMap(null, "format: 1\n" + "#".repeat(1 << 20), null)
                        .validate()
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getMessage()).contains("Split it by family"));
    }
}
