package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The real Spring, the real Caffeine and the real new caches, for sources before and after. */
final class SpringApi {
    private static final Path FORMER = Path.of("target", "former-clients");

    private SpringApi() {}

    static void with(RecipeSpec spec, MigrateSpringCaches recipe) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion().classpath(classpath()).logCompilationWarningsAndErrors(true));
    }

    /** Spring with its optional parts, Caffeine, and what the new caches' classes need to be read. */
    static List<Path> classpath() {
        Stream<Path> own = JavaParser.runtimeClasspath().stream()
                .filter(
                        path -> path.toString()
                                .matches(
                                        ".*[/\\\\]((spring-[a-z]+|caffeine|jspecify)-[^/\\\\]*\\.jar|cache-service[/\\\\-].*)"));
        try (Stream<Path> files = Files.list(FORMER)) {
            Stream<Path> parts =
                    files.filter(path -> path.getFileName().toString().startsWith("spring-"));
            return Stream.concat(own, parts).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
