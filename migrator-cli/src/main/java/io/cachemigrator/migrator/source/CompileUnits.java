package io.cachemigrator.migrator.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parts of a project that its build compiles one by one: main and test sources of each module. Where no build file
 * says what a module depends on, it sees all others.
 */
final class CompileUnits {
    private final Map<String, MavenProject.Module> modules;
    private final Map<Place, List<String>> files = new TreeMap<>();

    /**
     * A part.
     *
     * @param files the files that are compiled
     * @param visible files of other parts that these may name
     * @param module folder of its module; empty for the root
     */
    record Unit(List<String> files, Set<String> visible, String module) {}

    private record Place(String module, boolean test) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byModule = module.compareTo(other.module);
            return byModule != 0 ? byModule : Boolean.compare(test, other.test);
        }
    }

    /** Of files by their paths, and modules by their folders. */
    CompileUnits(Collection<String> paths, Map<String, MavenProject.Module> modules, SourceRoots roots) {
        this.modules = Map.copyOf(modules);
        for (String path : paths) {
            SourceRoots.Place place = roots.of(path);
            files.computeIfAbsent(
                            place == null ? new Place("", false) : new Place(place.module(), place.test()),
                            key -> new ArrayList<>())
                    .add(path);
        }
    }

    /** All parts, in order of their folders. */
    List<Unit> all() {
        return files.entrySet().stream()
                .map(entry -> new Unit(
                        entry.getValue(),
                        visible(entry.getKey()),
                        entry.getKey().module()))
                .toList();
    }

    private Set<String> visible(Place place) {
        Set<String> others = new LinkedHashSet<>();
        if (place.test()) {
            add(others, place.module(), false);
        }
        Set<String> above = above(place.module());
        above.forEach(module -> add(others, module, false));
        if (place.test()) {
            above.forEach(module -> add(others, module, true));
        }
        return others;
    }

    private void add(Set<String> into, String module, boolean test) {
        into.addAll(files.getOrDefault(new Place(module, test), List.of()));
    }

    /** The modules that one depends on, over others too. */
    private Set<String> above(String module) {
        Set<String> found = new TreeSet<>();
        if (!modules.containsKey(module)) {
            files.keySet().forEach(place -> found.add(place.module()));
        } else {
            collect(module, found);
        }
        found.remove(module);
        return found;
    }

    private void collect(String module, Set<String> found) {
        MavenProject.Module known = modules.get(module);
        if (known != null) {
            known.upstream().stream().filter(found::add).forEach(each -> collect(each, found));
        }
    }
}
