package io.cachemigrator.recipes.ehcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import io.cachemigrator.recipes.services.LegacyCallSites;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The real Ehcache 2 and the real caches of elements, for sources before and after. */
final class EhcacheApi {
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private EhcacheApi() {}

    static void with(RecipeSpec spec, MigrateEhcache2 recipe) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion().classpath(classpath()).logCompilationWarningsAndErrors(true));
    }

    private static List<Path> classpath() {
        return JavaParser.runtimeClasspath().stream()
                .filter(path -> path.toString()
                        .matches(".*[/\\\\]((ehcache|jspecify)-[^/\\\\]*\\.jar|cache-service[/\\\\-].*)"))
                .toList();
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }

    /** Fails with the compiler's words if sources do not compile together. Nothing is written. */
    static void compiles(String... sources) {
        String path = classpath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        assertThat(analysed(path, sources)).as(String.join("\n", sources)).isEmpty();
    }

    private static List<String> analysed(String path, String... sources) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "-cp", path),
                        null,
                        Stream.of(sources).map(EhcacheApi::file).toList());
        try {
            task.analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems.getDiagnostics().stream()
                .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    private static JavaFileObject file(String source) {
        Matcher type = TYPE.matcher(source);
        String name = type.find() ? type.group(1) : "package-info";
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
