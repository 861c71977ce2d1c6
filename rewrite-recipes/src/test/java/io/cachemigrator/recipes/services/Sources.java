package io.cachemigrator.recipes.services;

import java.nio.file.Path;
import java.util.List;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** What the tests of recipes have in common. */
final class Sources {
    private Sources() {}

    /** With a recipe, and the legacy and new API on the class path. */
    static void with(RecipeSpec spec, LegacyMigration recipe) {
        spec.recipe(recipe).parser(JavaParser.fromJavaVersion().classpath(api()).logCompilationWarningsAndErrors(true));
    }

    private static List<Path> api() {
        return JavaParser.runtimeClasspath().stream()
                .filter(path -> path.toString().matches(".*(compat-shim|cache-service|jspecify).*"))
                .toList();
    }

    /** A class around statements that use {@code redis}, with imports of its own. */
    static String using(String imports, String type, String statements) {
        return """
                %s
                class Desk {
                    void work(%s redis, java.util.List<String> keys) {
                        %s
                    }
                }
                """.formatted(imports, type, statements.strip().replace("\n", "\n        "));
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
