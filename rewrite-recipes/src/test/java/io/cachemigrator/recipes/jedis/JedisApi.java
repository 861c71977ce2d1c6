package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The real text caches and the real Jedis, the current one and former ones, for sources before and after. */
final class JedisApi {
    /** The version that the cache service itself uses. */
    static final String CURRENT = "8.";

    private static final Path FORMER = Path.of("target", "former-clients");

    private JedisApi() {}

    static void with(RecipeSpec spec, MigrateJedis recipe, String version) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion()
                        .classpath(classpath(version))
                        .logCompilationWarningsAndErrors(true));
    }

    /** Jedis by the start of its version, the text caches, and what their classes need to be read. */
    static List<Path> classpath(String version) {
        List<Path> paths = new ArrayList<>(others());
        paths.add(client(version));
        return paths;
    }

    /** What is there beside Jedis. */
    static List<Path> others() {
        return JavaParser.runtimeClasspath().stream()
                .filter(
                        path -> path.toString()
                                .matches(
                                        ".*[/\\\\]((commons-pool2|gson|jspecify|json|redis-authx-core|slf4j-api)-[^/\\\\]*\\.jar|cache-service[/\\\\-].*)"))
                .toList();
    }

    private static Path client(String version) {
        if (version.equals(CURRENT)) {
            return one(JavaParser.runtimeClasspath().stream(), version);
        }
        try (Stream<Path> files = Files.list(FORMER)) {
            return one(files, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path one(Stream<Path> files, String version) {
        return files.filter(path -> path.getFileName().toString().startsWith("jedis-" + version))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No jar of Jedis " + version));
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
