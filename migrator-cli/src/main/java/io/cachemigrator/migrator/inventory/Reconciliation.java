package io.cachemigrator.migrator.inventory;

import io.cachemigrator.migrator.inventory.CompiledUses.CompiledClass;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the uses that sources show against those that compiled classes show, file by file. A use is told by family and member; where a
 * file has several of the same, by their lines first. A class that is older than its source is not compared.
 */
final class Reconciliation {
    private final ProjectCode code;
    private final LegacyIndex index;
    private final Map<String, List<JavaFile>> byName = new HashMap<>();
    private final Map<String, List<CompiledClass>> classes = new TreeMap<>();
    private final List<LegacyUse> onlyCompiled = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<String> fresh = new HashSet<>();
    private final Set<String> generated = new TreeSet<>();

    Reconciliation(ProjectCode code, LegacyIndex index) {
        this.code = code;
        this.index = index;
        code.sources().files().forEach(this::know);
        code.sources().foreign().forEach(this::know);
    }

    private void know(JavaFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        byName.computeIfAbsent(SourceText.packageOf(file.text()) + "/" + name, key -> new ArrayList<>())
                .add(file);
    }

    /**
     * Compares.
     *
     * @param places folders of compiled classes
     * @param skipped files whose classes are annotated as generated
     */
    void run(List<LegacyUse> uses, CompiledUses compiled, List<Path> places, Set<String> skipped) {
        for (CompiledClass each : compiled.classes()) {
            String file = source(each);
            if (!skipped.contains(file)) {
                classes.computeIfAbsent(file, key -> new ArrayList<>()).add(each);
            }
        }
        Map<String, List<LegacyUse>> inSource = new TreeMap<>();
        uses.forEach(use ->
                inSource.computeIfAbsent(use.file(), file -> new ArrayList<>()).add(use));
        classes.forEach((file, found) -> compare(file, found, inSource.getOrDefault(file, List.of())));
        uncompiled(inSource, places);
        compiled.unreadable()
                .forEach(name -> gaps.add(new Gap(
                        Gap.Kind.CLASS_UNREADABLE,
                        name,
                        1,
                        "a class file that cannot be read",
                        "Compile the project for a Java that this toolkit reads, or run a newer toolkit.")));
    }

    /** Uses that only compiled classes show. */
    List<LegacyUse> onlyCompiled() {
        return onlyCompiled;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** Files with classes as new as they are. */
    Set<String> fresh() {
        return fresh;
    }

    /** Generated sources that were left out though their classes have legacy uses. */
    Set<String> generated() {
        return generated;
    }

    /** Path of the source of a class; that of the class file where no source is known. */
    private String source(CompiledClass type) {
        String file = code.root().relativize(type.file()).toString().replace('\\', '/');
        List<JavaFile> sources = byName.getOrDefault(type.packageName() + "/" + type.source(), List.of());
        return sources.stream()
                .map(JavaFile::path)
                .max(Comparator.comparing((String path) -> samePlace(path, file))
                        .thenComparing(path -> path))
                .orElse(file);
    }

    private int samePlace(String source, String compiled) {
        boolean module = code.sources().moduleOf(source).equals(code.sources().moduleOf(compiled));
        return (module ? 2 : 0) + (isTest(source) == isTest(compiled) ? 1 : 0);
    }

    static boolean isTest(String path) {
        return ("/" + path).contains("/src/test/")
                || path.contains("/test-classes/")
                || path.matches(".*/classes/\\w+/test/.*");
    }

    private void compare(String file, List<CompiledClass> found, List<LegacyUse> inSource) {
        List<CompiledUses.Use> uses =
                found.stream().flatMap(each -> each.uses().stream()).toList();
        Set<String> types = new TreeSet<>();
        found.forEach(each -> types.addAll(each.types()));
        if (inSource.isEmpty() && types.isEmpty() && uses.isEmpty()) {
            return;
        }
        if (isGenerated(file, found)) {
            generated.add(file);
            return;
        }
        if (isStale(file, found)) {
            gaps.add(new Gap(
                    Gap.Kind.CLASS_STALE,
                    file,
                    1,
                    "its class is older, so the two were not compared",
                    "Compile the project, then run `migrator check` again."));
            return;
        }
        fresh.add(file);
        Map<String, Lines> members = new LinkedHashMap<>();
        uses.forEach(use -> members.computeIfAbsent(key(use.entry().family(), use.member()), key -> new Lines())
                .compiled
                .putIfAbsent(use.line(), use));
        inSource.stream()
                .filter(use -> use.member() != null && use.comparable())
                .forEach(use -> members.computeIfAbsent(key(use.family(), use.member()), key -> new Lines())
                        .source
                        .putIfAbsent(use.line(), use));
        inSource.stream()
                .filter(use -> use.member() != null && !use.comparable())
                .forEach(use -> members.computeIfAbsent(key(use.family(), use.member()), key -> new Lines())
                        .compiled
                        .remove(use.line()));
        members.values().forEach(lines -> leftOver(file, lines));
        if (inSource.isEmpty() && uses.isEmpty()) {
            types.forEach(type -> onlyType(file, type));
        }
    }

    private static String key(String family, @Nullable String member) {
        return family + " " + member;
    }

    /** Uses of one member by their lines; two on one line count once. */
    private static final class Lines {
        private final Map<Integer, CompiledUses.Use> compiled = new TreeMap<>();
        private final Map<Integer, LegacyUse> source = new TreeMap<>();
    }

    private void leftOver(String file, Lines lines) {
        Set<Integer> both = new TreeSet<>(lines.compiled.keySet());
        both.retainAll(lines.source.keySet());
        lines.compiled.keySet().removeAll(both);
        lines.source.keySet().removeAll(both);
        int moved = Math.min(lines.compiled.size(), lines.source.size()); // a chain of calls over several lines
        lines.compiled.values().stream().skip(moved).forEach(use -> onlyCompiled.add(use(file, use)));
        lines.source.values().stream()
                .skip(moved)
                .filter(use -> !isUnnamed(use))
                .forEach(
                        use -> gaps.add(
                                new Gap(
                                        Gap.Kind.ONLY_IN_SOURCE,
                                        file,
                                        use.line(),
                                        use.name(),
                                        "The compiled class does not show it. Compile the project anew; if it stays, the code is never run.")));
    }

    private static boolean isUnnamed(LegacyUse use) {
        return use.member() != null && CompiledUses.UNNAMED.contains(use.member());
    }

    private static LegacyUse use(String file, CompiledUses.Use use) {
        return new LegacyUse(
                file,
                Math.max(1, use.line()),
                use.entry().family(),
                use.entry().api(),
                use.type(),
                use.member(),
                LegacyUse.Evidence.BYTECODE,
                true);
    }

    private void onlyType(String file, String type) {
        LegacyIndex.Entry entry = index.of(type);
        if (entry != null) {
            onlyCompiled.add(new LegacyUse(
                    file,
                    1,
                    entry.family(),
                    entry.api(),
                    type.substring(type.lastIndexOf('.') + 1),
                    null,
                    LegacyUse.Evidence.BYTECODE,
                    false));
        }
    }

    private boolean isGenerated(String file, List<CompiledClass> found) {
        if (!file.endsWith(".class")) {
            return false;
        }
        Path classes = code.root().resolve(file);
        for (Path folder = classes.getParent();
                folder != null && folder.startsWith(code.root());
                folder = folder.getParent()) {
            if (folder.endsWith("target") || folder.endsWith("build")) {
                return hasGenerated(folder, found.get(0));
            }
        }
        return false;
    }

    private static boolean hasGenerated(Path built, CompiledClass type) {
        Path wanted = Path.of(type.packageName().replace('.', '/'), type.source());
        try (var files = Files.walk(built)) {
            return files.anyMatch(each -> each.endsWith(wanted));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean isStale(String file, List<CompiledClass> found) {
        if (file.endsWith(".class")) {
            return false;
        }
        try {
            var written = Files.getLastModifiedTime(code.root().resolve(file));
            for (CompiledClass each : found) {
                if (Files.getLastModifiedTime(each.file()).compareTo(written) < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sources with uses that no class shows: their module was not compiled, or they were left out. */
    private void uncompiled(Map<String, List<LegacyUse>> inSource, List<Path> places) {
        Set<String> compiledModules = new HashSet<>();
        for (Path place : places) {
            String path = code.root().relativize(place).toString().replace('\\', '/') + "/";
            compiledModules.add(code.sources().moduleOf(path) + isTest(path));
        }
        Set<String> told = new HashSet<>();
        inSource.forEach((file, uses) -> {
            boolean shows = uses.stream().anyMatch(use -> use.comparable() || use.member() == null);
            if (!shows || classes.containsKey(file)) {
                return;
            }
            String module = code.sources().moduleOf(file);
            if (compiledModules.contains(module + isTest(file))) {
                gaps.add(new Gap(
                        Gap.Kind.CLASS_MISSING,
                        file,
                        1,
                        "there is no class of it, so its uses were not confirmed",
                        "Compile the project, then run `migrator check` again."));
            } else if (told.add(module + isTest(file))) {
                gaps.add(new Gap(
                        Gap.Kind.NOT_COMPILED,
                        file,
                        1,
                        "module " + module + (isTest(file) ? " (tests)" : "")
                                + " has no compiled classes, so its uses were not confirmed",
                        "Compile the project, then run `migrator check` again."));
            }
        });
    }
}
