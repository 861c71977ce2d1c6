package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyUsage;
import io.cachemigrator.map.MigrationMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the maps call legacy, by name. Immutable. */
final class LegacyIndex {
    private final Map<String, Entry> types = new HashMap<>();
    private final Map<String, Entry> filled = new HashMap<>();
    private final List<Entry> packages = new ArrayList<>();
    private final List<Entry> evicting = new ArrayList<>();
    private final Set<String> packageNames = new TreeSet<>();
    private final Set<String> telling = new HashSet<>();

    /**
     * Of families.
     *
     * @param found those whose uses are to be found
     * @param compared those whose uses somebody else finds, and which are only compared with compiled classes
     */
    LegacyIndex(List<MigrationMap> found, List<MigrationMap> compared) {
        found.forEach(map -> map.apis().forEach(api -> add(new Entry(map.family(), api, true))));
        compared.forEach(map -> map.apis().forEach(api -> add(new Entry(map.family(), api, false))));
    }

    /**
     * A type or package of a family.
     *
     * @param family its family
     * @param api what the map says of it
     * @param found whether its uses are to be found, and not only to be compared
     */
    record Entry(String family, LegacyApi api, boolean found) {}

    private void add(Entry entry) {
        LegacyApi api = entry.api();
        if (api.usage() == LegacyUsage.GET_OR_COMPUTE) {
            filled.put(api.type(), entry);
        } else if (api.usage() == LegacyUsage.EVICTING_SUBCLASS) {
            evicting.add(entry);
        } else {
            packageNames.add(api.packageName());
            if (api.isPackage()) {
                packages.add(entry);
            } else {
                types.put(api.type(), entry);
            }
            api.methods().stream()
                    .map(method -> method.name())
                    .filter(name -> entry.found() && name.chars().anyMatch(Character::isUpperCase))
                    .forEach(telling::add);
        }
    }

    /** The entry of a type: its own, that of a type it is nested in, or that of its package; null = it is not legacy. */
    @Nullable
    Entry of(String type) {
        for (String name = type; ; name = name.substring(0, name.lastIndexOf('.'))) {
            Entry entry = types.get(name);
            if (entry != null) {
                return entry;
            }
            if (name.indexOf('.') < 0) {
                break;
            }
        }
        return packages.stream()
                .filter(entry -> entry.api().covers(type))
                .findFirst()
                .orElse(null);
    }

    /** The entry of a map type that may be filled on a miss; null = it is none. */
    @Nullable
    Entry filledOnMiss(String type) {
        return filled.get(type);
    }

    /** The entry of a type whose subclasses may drop their eldest entry; null = it is none. */
    @Nullable
    Entry evicting(String type) {
        return evicting.stream()
                .filter(entry -> entry.api().type().equals(type))
                .findFirst()
                .orElse(null);
    }

    /** Packages that hold legacy types. */
    Set<String> packageNames() {
        return packageNames;
    }

    /** Whether a package is one of those that hold legacy types, or below one that is meant with all below it. */
    boolean isLegacyPackage(String name) {
        return packageNames.contains(name)
                || packages.stream()
                        .anyMatch(entry -> (name + ".").startsWith(entry.api().packageName() + "."));
    }

    /** Whether a package holds types whose uses are to be found. */
    boolean isFoundPackage(String name) {
        return types.values().stream()
                        .anyMatch(entry ->
                                entry.found() && entry.api().packageName().equals(name))
                || packages.stream()
                        .anyMatch(entry -> entry.found()
                                && (name + ".").startsWith(entry.api().packageName() + "."));
    }

    /** Whether few other classes have a method of that name. */
    boolean isTelling(String method) {
        return telling.contains(method);
    }

    /** Whether maps can be caches by what is done with them. */
    boolean hasPatterns() {
        return !filled.isEmpty() || !evicting.isEmpty();
    }
}
