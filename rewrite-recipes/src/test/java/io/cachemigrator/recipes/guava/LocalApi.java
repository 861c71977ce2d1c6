package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.nio.file.Path;
import java.util.List;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The real local caches and the real Guava, for sources before and after. */
final class LocalApi {
    private LocalApi() {}

    static void with(RecipeSpec spec, MigrateGuavaCaches recipe) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion().classpath(classpath()).logCompilationWarningsAndErrors(true));
    }

    /** Guava, the local caches, and what their classes need to be read. */
    static List<Path> classpath() {
        return JavaParser.runtimeClasspath().stream()
                .filter(
                        path -> path.toString()
                                .matches(
                                        ".*[/\\\\]((guava|failureaccess|jspecify|micrometer-core)-[^/\\\\]*\\.jar|cache-service[/\\\\-].*)"))
                .toList();
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
