package io.cachemigrator.migrator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The compiled classes of all modules, with proof that none is missing. */
public final class OwnClasses {
    /** Every module, and the root of its packages. */
    static final Map<String, String> MODULES = modules();

    private static final OwnClasses MAIN = new OwnClasses("classes", "main");
    private static final OwnClasses TEST = new OwnClasses("test-classes", "test");

    private final Map<String, JavaClasses> byModule = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final JavaClasses all;

    private OwnClasses(String output, String sources) {
        List<Path> folders = MODULES.keySet().stream()
                .map(module -> root().resolve(module).resolve("target").resolve(output))
                .toList();
        all = new ClassFileImporter().importPaths(folders);
        MODULES.keySet().forEach(module -> {
            String folder = root().resolve(module).resolve("target").toUri().getPath();
            JavaClasses classes = all.that(DescribedPredicate.describe(
                    "are of " + module,
                    type -> type.getSource().orElseThrow().getUri().getPath().startsWith(folder)));
            byModule.put(module, classes);
            Set<String> compiled = topLevelTypes(classes);
            Set<String> written = sourceTypes(root().resolve(module).resolve("src/" + sources + "/java"));
            written.stream()
                    .filter(type -> !compiled.contains(type))
                    .forEach(type -> problems.add(module + ": " + type + " is not compiled"));
            compiled.stream()
                    .filter(type -> !written.contains(type))
                    .forEach(type -> problems.add(module + ": " + type + " has no source"));
        });
    }

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        modules.put("cache-service", "io.cachemigrator.cache");
        modules.put("migration-map", "io.cachemigrator.map");
        modules.put("compat-shim", "io.cachemigrator.compat");
        modules.put("rewrite-recipes", "io.cachemigrator.recipes");
        modules.put("validation-suite", "io.cachemigrator.validation");
        modules.put("migrator-cli", "io.cachemigrator.migrator");
        return modules;
    }

    /** The folder that has all modules. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("cache-service"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** What is shipped. */
    public static OwnClasses main() {
        return MAIN;
    }

    /** Tests and what they need. */
    public static OwnClasses test() {
        return TEST;
    }

    /** Those of one module. */
    JavaClasses of(String module) {
        all();
        return byModule.get(module);
    }

    /** All of them. */
    public JavaClasses all() {
        assertThat(problems)
                .as(
                        "classes and sources that do not match; run `./mvnw -B verify` on all modules, with `clean` if need be")
                .isEmpty();
        return all;
    }

    /** Checks a rule on some of the classes, of which there must be at least so many. */
    void check(DescribedPredicate<? super JavaClass> subjects, int least, ArchRule rule) {
        JavaClasses chosen = all().that(subjects);
        assertThat(chosen.size())
                .as("classes that " + subjects.getDescription())
                .isGreaterThanOrEqualTo(least);
        rule.check(chosen);
    }

    static boolean isTopLevel(JavaClass type) {
        return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
    }

    private static Set<String> topLevelTypes(JavaClasses classes) {
        return classes.stream()
                .filter(OwnClasses::isTopLevel)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    /** One public or package-private type in each file, named like it. */
    private static Set<String> sourceTypes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
                    .map(file -> file.replaceAll("\\.java$", "").replace(java.io.File.separatorChar, '.'))
                    .collect(Collectors.toSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
