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
public final class ClassPlaces {
    private static final int DEEPEST_MODULE = 6;
    private static final List<String> USUAL = List.of("target/classes", "build/classes/java/main");
    private static final List<String> ALL = List.of(
            "target/classes",
            "target/test-classes",
            "build/classes/java/main",
            "build/classes/java/test",
            "build/classes/kotlin/main",
            "build/classes/kotlin/test",
            "build/classes/groovy/main",
            "build/classes/groovy/test");

    private ClassPlaces() {}

    /** Where Maven and Gradle put the classes of a project and of its modules. */
    static List<Path> ofProject(Path root) {
        return find(root, USUAL);
    }

    /** Where they put those of tests and of other languages as well. */
    public static List<Path> everyOfProject(Path root) {
        return find(root, ALL);
    }

    private static List<Path> find(Path root, List<String> names) {
        try (Stream<Path> folders = Files.find(
                root,
                DEEPEST_MODULE,
                (path, attributes) -> attributes.isDirectory() && names.stream().anyMatch(path::endsWith),
                new FileVisitOption[0])) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /**
     * What is in them.
     *
     * @param classes those that could be read
     * @param unreadable names of those that could not
     */
    public record Contents(JavaClasses classes, List<String> unreadable) {}

    /** Reads them; of classes that are elsewhere only the names are known. */
    public static Contents read(List<Path> places) {
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
