package io.cachemigrator.migrator.inventory;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** Hands the sources of a project to the compiler, each when it asks for it. Where two have one name, the first is meant. */
final class SourceFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<URI, String> paths = new HashMap<>();
    private final Map<String, List<Unit>> byPackage = new HashMap<>();

    SourceFiles(StandardJavaFileManager files, List<JavaFile> sources) {
        super(files);
        Map<String, Unit> names = new HashMap<>();
        for (JavaFile source : sources) {
            Unit unit = new Unit(source);
            units.put(source.path(), unit);
            paths.put(unit.toUri(), source.path());
            if (names.putIfAbsent(unit.name(), unit) == null) {
                byPackage
                        .computeIfAbsent(unit.packageName, name -> new ArrayList<>())
                        .add(unit);
            }
        }
    }

    /** Takes types that no source declares from jars and folders. */
    void use(List<Path> classpath, List<Path> classes) throws IOException {
        List<Path> all = new ArrayList<>(classpath);
        all.addAll(classes);
        fileManager.setLocationFromPaths(StandardLocation.CLASS_PATH, all);
    }

    /** Names of the classes that the sources declare. */
    Set<String> names() {
        return units.values().stream().map(Unit::name).collect(Collectors.toSet());
    }

    /** The path of a source that the compiler speaks of, which it may have wrapped; null = it is none of these. */
    @Nullable
    String path(JavaFileObject file) {
        return paths.get(file.toUri());
    }

    /** Sources in as few groups as possible, none of which has two of one name. */
    List<List<Unit>> groups(Collection<String> paths) {
        List<List<Unit>> groups = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String path : paths) {
            Unit unit = units.get(path);
            if (unit != null) {
                int group = seen.merge(unit.name(), 1, Integer::sum) - 1;
                if (group == groups.size()) {
                    groups.add(new ArrayList<>());
                }
                groups.get(group).add(unit);
            }
        }
        return groups;
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.SOURCE_PATH || super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location == StandardLocation.SOURCE_PATH) {
            return kinds.contains(JavaFileObject.Kind.SOURCE)
                    ? List.copyOf(byPackage.getOrDefault(packageName, List.of()))
                    : List.of();
        }
        return super.list(location, packageName, kinds, recurse);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Unit unit ? unit.name() : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject one, FileObject other) {
        boolean ours = one instanceof Unit || other instanceof Unit;
        return ours ? one == other : super.isSameFile(one, other);
    }

    /** A source. */
    static final class Unit extends SimpleJavaFileObject {
        private final JavaFile source;
        private final String packageName;

        Unit(JavaFile source) {
            super(Path.of("/", source.path()).toUri(), Kind.SOURCE);
            this.source = source;
            this.packageName = SourceText.packageOf(source.text());
        }

        /** Name of the class that a source of that name should hold. */
        String name() {
            String file = source.path().substring(source.path().lastIndexOf('/') + 1);
            String simple = file.substring(0, file.length() - ".java".length());
            return packageName.isEmpty() ? simple : packageName + "." + simple;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }
}
