package io.cachemigrator.migrator.arch;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Folders and jars of compiled classes. */
final class ClassPlaces {
    private static final int DEEPEST_MODULE = 6;
    private static final List<String> USUAL = List.of("target/classes", "build/classes/java/main");

    private ClassPlaces() {}

    /** Where Maven and Gradle put the classes of a project and of its modules. */
    static List<Path> ofProject(Path root) {
        try (Stream<Path> folders = Files.find(
                root,
                DEEPEST_MODULE,
                (path, attributes) -> attributes.isDirectory() && isUsual(path),
                new FileVisitOption[0])) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static boolean isUsual(Path path) {
        return USUAL.stream().anyMatch(path::endsWith);
    }

    /**
     * What is in them.
     *
     * @param classes those that could be read
     * @param unreadable names of those that could not
     */
    record Contents(JavaClasses classes, List<String> unreadable) {}

    static Contents read(List<Path> places) {
        Set<String> expected = new TreeSet<>();
        for (Path place : places) {
            try {
                expected.addAll(Files.isDirectory(place) ? inFolder(place) : inJar(place));
            } catch (IOException e) {
                throw unusable(place, e);
            }
        }
        JavaClasses classes = imported(places);
        List<String> unreadable = new ArrayList<>();
        for (String name : expected) {
            if (!classes.contain(name)) {
                unreadable.add(name);
            }
        }
        return new Contents(classes, unreadable);
    }

    /** Of classes that are not there only the names are known: to look them up on the toolkit's own class path would take most of the time. */
    private static JavaClasses imported(List<Path> places) {
        List<Location> locations = places.stream().map(ClassPlaces::location).toList();
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importLocations(locations);
        });
    }

    private static Location location(Path place) {
        return Files.isDirectory(place) ? Location.of(place) : Location.of(URI.create("jar:" + place.toUri() + "!/"));
    }

    private static List<String> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(ClassPlaces::isClass)
                    .map(ClassPlaces::className)
                    .toList();
        }
    }

    private static List<String> inJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(ClassPlaces::isClass)
                    .map(ClassPlaces::className)
                    .toList();
        }
    }

    /** Descriptions of modules and packages are no classes, and those for other versions of Java are there as well for the oldest. */
    private static boolean isClass(String path) {
        return path.endsWith(".class")
                && !path.startsWith("META-INF/")
                && !path.endsWith("module-info.class")
                && !path.endsWith("package-info.class");
    }

    private static String className(String path) {
        return path.substring(0, path.length() - ".class".length()).replace('/', '.');
    }

    private static MigratorException unusable(Path place, IOException e) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The classes in " + place + " cannot be read.",
                e.getClass().getSimpleName() + ": " + e.getMessage(),
                "Name folders of class files, or jars, with --classes.",
                e);
    }
}
