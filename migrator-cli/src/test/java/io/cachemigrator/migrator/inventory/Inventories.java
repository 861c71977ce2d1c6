package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Takes inventories for tests, and says what they found in a line each. */
final class Inventories {
    private Inventories() {}

    static SourceInventory of(Path project, String... families) {
        return new InventoryScan(ProjectCode.read(project), maps(families), List.of()).scan(Progress.NONE);
    }

    /** Of some families; of all whose types are libraries' when none is named. */
    static List<MigrationMap> maps(String... families) {
        return families.length == 0
                ? MigrationMaps.builtIn().values().stream()
                        .filter(map -> !List.of("services", "factory").contains(map.family()))
                        .toList()
                : Stream.of(families)
                        .map(family -> MigrationMaps.builtIn(family).orElseThrow())
                        .toList();
    }

    /** Line, family and name of each use, as {@code Shop.java:3 guava Cache.put}. */
    static List<String> uses(SourceInventory inventory) {
        return inventory.uses().stream()
                .map(use -> simple(use.file()) + ":" + use.line() + " " + use.family() + " " + use.name())
                .toList();
    }

    /** Rule, place and matter of each gap, as {@code untyped Shop.java:3 Cache}. */
    static List<String> gaps(SourceInventory inventory) {
        return inventory.gaps().stream()
                .map(gap -> gap.kind().rule().substring("inventory/".length()) + " " + simple(gap.file()) + ":"
                        + gap.line() + " " + gap.what())
                .toList();
    }

    private static String simple(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
