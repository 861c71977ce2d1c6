package io.cachemigrator.migrator.inventory;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.util.Elements;

/** Tells which imports lead to nothing: to no source, no class on the class path and no class of the JDK. */
final class KnownNames {
    private static final Pattern IMPORT =
            Pattern.compile("(?<![\\w.])import\\s+(?:static\\s+)?([\\w.]+?)(\\.\\*)?\\s*;");

    private final Set<String> types = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Elements jdk;

    /**
     * Of a project.
     *
     * @param units names of the classes that its sources declare
     * @param places jars and folders of classes
     * @param jdk knows the classes of the JDK
     */
    KnownNames(Set<String> units, List<Path> places, Elements jdk) throws IOException {
        this.jdk = jdk;
        units.forEach(this::know);
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place)) {
                    files.forEach(
                            file -> entry(place.relativize(file).toString().replace('\\', '/')));
                }
            } else if (Files.isRegularFile(place)) {
                try (JarFile jar = new JarFile(place.toFile())) {
                    jar.stream().forEach(entry -> entry(entry.getName()));
                }
            }
        }
    }

    private void entry(String path) {
        if (path.endsWith(".class")) {
            know(path.substring(0, path.length() - ".class".length())
                    .replace('/', '.')
                    .replace('$', '.'));
        }
    }

    private void know(String type) {
        types.add(type);
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            if (!packages.add(type.substring(0, dot))) {
                return;
            }
        }
    }

    /** Imports of a source that lead to nothing, by name, with their lines. */
    Map<String, Integer> unknownImports(JavaFile file) {
        Map<String, Integer> unknown = new TreeMap<>();
        String head = SourceText.head(file.text());
        Matcher found = IMPORT.matcher(head);
        while (found.find()) {
            boolean all = found.group(2) != null;
            String name = found.group(1);
            if (!isKnown(name, all)) {
                unknown.putIfAbsent(all ? name + ".*" : name, SourceText.line(head, found.start(1)));
            }
        }
        return unknown;
    }

    private boolean isKnown(String name, boolean all) {
        if (all && packages.contains(name)) {
            return true;
        }
        List<String> outer = new ArrayList<>();
        for (String each = name; each.contains("."); each = each.substring(0, each.lastIndexOf('.'))) {
            if (types.contains(each)) {
                return true;
            }
            outer.add(each);
        }
        return (all && jdk.getPackageElement(name) != null)
                || outer.stream().anyMatch(each -> jdk.getTypeElement(each) != null);
    }
}
