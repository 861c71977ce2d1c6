package io.cachemigrator.recipes.guava;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles what the recipe made with the compiler of the platform, against Guava and the local caches. */
final class Compiled {
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);|^package ([\\w.]+); import");

    private Compiled() {}

    /** Fails with the compiler's words if sources do not compile together. */
    static void check(String... sources) {
        check(List.of(), List.of(sources));
    }

    /** The same, and every link in documentation must lead to something. */
    static void checkWithDocumentation(String... sources) {
        check(List.of("-Xdoclint:reference"), List.of(sources));
    }

    private static void check(List<String> options, List<String> all) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classpath =
                LocalApi.classpath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path out = directory();
        try {
            compiler.getTask(
                            null,
                            null,
                            problems,
                            Stream.concat(
                                            Stream.of("-proc:none", "-d", out.toString(), "-cp", classpath),
                                            options.stream())
                                    .toList(),
                            null,
                            all.stream().map(Compiled::file).toList())
                    .call();
        } finally {
            delete(out);
        }
        assertThat(problems.getDiagnostics())
                .filteredOn(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .as("errors of the compiler in:%n%s", String.join("\n", all))
                .isEmpty();
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("compiled");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject file(String source) {
        Matcher type = TYPE.matcher(source);
        Matcher home = PACKAGE.matcher(source);
        String folder = home.find() ? (home.group(1) + "/").replace('.', '/') : "";
        String name = type.find() ? type.group(1) : "package-info";
        return new SimpleJavaFileObject(
                URI.create("string:///" + folder + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
