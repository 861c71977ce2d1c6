package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CodeProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps that are caches are told from maps that are not. */
@Tag("CLI-3")
class HandRolledTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String of(String id) { return map.computeIfAbsent(id, this::load); }",
                "String of(String id) { return this.map.computeIfAbsent(id, key -> load(key)); }",
                "String of(String id) { return map.computeIfAbsent(id, key -> { return load(key); }); }"
            })
    void computeIfAbsent_onAField_isACache(String method) {
        assertThat(found("Map<String, String> map = new ConcurrentHashMap<>();", method))
                .containsExactly("Shop.java:4 hand-rolled Map.computeIfAbsent");
        assertThat(found("ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();", method))
                .containsExactly("Shop.java:4 hand-rolled ConcurrentHashMap.computeIfAbsent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String of(String id) { String v = map.get(id); if (v == null) { v = load(id); map.put(id, v); } return v; }",
                "String of(String id) { String v = map.get(id); if (v != null) { return v; } v = load(id); map.put(id, v); return v; }",
                "String of(String id) { String v; if ((v = map.get(id)) == null) { map.putIfAbsent(id, v = load(id)); } return v; }",
                "String of(String id) { if (map.get(id) == null) { map.put(id, load(id)); } return map.get(id); }",
                "String of(String id) { if (!map.containsKey(id)) { map.put(id, load(id)); } return map.get(id); }",
                "synchronized String of(String id) { String v = this.map.get(id); if (null == v) { this.map.put(id, v = load(id)); } return v; }"
            })
    void lookTestAndPut_onAField_isACache(String method) {
        assertThat(found("HashMap<String, String> map = new HashMap<>();", method))
                .containsExactly("Shop.java:4 hand-rolled HashMap.get");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // collects
                "Map<String, List<String>> lists = new HashMap<>(); void add(String id) { lists.computeIfAbsent(id, key -> new ArrayList<>()).add(id); }",
                "Map<String, Set<String>> sets = new HashMap<>(); void add(String id) { sets.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet()).add(id); }",
                "Map<String, List<String>> lists = new HashMap<>(); void add(String id) { List<String> l = lists.get(id); if (l == null) { l = new ArrayList<>(); lists.put(id, l); } l.add(id); }",
                // counts
                "Map<String, Integer> counts = new HashMap<>(); void add(String id) { Integer n = counts.get(id); if (n == null) { counts.put(id, 1); } else { counts.put(id, n + 1); } }",
                // of one call only
                "String of(String id) { Map<String, String> local = new HashMap<>(); return local.computeIfAbsent(id, this::load); }",
                // fills without looking, looks without filling
                "Map<String, String> map = new HashMap<>(); void fill(String id) { map.put(id, load(id)); } String of(String id) { String v = map.get(id); return v == null ? id : v; }",
                // two different maps
                "Map<String, String> a = new HashMap<>(); Map<String, String> b = new HashMap<>(); void of(String id) { if (a.get(id) == null) { b.put(id, load(id)); } }"
            })
    void collectionsCountsAndLocals_areNone(String members) {
        assertThat(found("", members)).isEmpty();
    }

    @Test
    void subclass_thatDropsItsEldestEntry_isACache() {
        assertThat(found("", """
                        static class Lru<K, V> extends LinkedHashMap<K, V> {
                            @Override
                            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) { return size() > 10; }
                        }
                        Map<String, String> other = new LinkedHashMap<>(16, 0.75f, true) {
                            @Override
                            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) { return size() > 10; }
                        };
                        static class Plain<K, V> extends LinkedHashMap<K, V> {}
                        """))
                .containsExactly(
                        "Shop.java:5 hand-rolled LinkedHashMap.removeEldestEntry",
                        "Shop.java:9 hand-rolled LinkedHashMap.removeEldestEntry");
    }

    private List<String> found(String field, String members) {
        CodeProject project =
                CodeProject.in(folder).file("src/main/java/shop/Shop.java", """
                package shop; import java.util.*; import java.util.concurrent.*;
                class Shop {
                    %s
                    %s
                    String load(String id) { return id; }
                }
                """.formatted(field, members));
        SourceInventory inventory = Inventories.of(project.root(), "hand-rolled");
        assertThat(inventory.gaps()).isEmpty();
        return Inventories.uses(inventory);
    }
}
