package io.cachemigrator.recipes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
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

/** Compiles what the recipe made with the compiler of the platform, against libraries. */
public final class CompiledSources {
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);|^package ([\\w.]+); import");

    private CompiledSources() {}

    /** Fails with the compiler's words if sources do not compile together. */
    public static void check(List<Path> libraries, String... sources) {
        Path out = directory();
        try {
            compile(libraries, out, sources);
        } finally {
            delete(out);
        }
    }

    /** Compiled sources that can be run, until they are closed. */
    public static final class Loaded implements AutoCloseable {
        private final Path out;
        private final URLClassLoader loader;

        private Loaded(Path out) throws IOException {
            this.out = out;
            this.loader = new URLClassLoader(new URL[] {out.toUri().toURL()}, CompiledSources.class.getClassLoader());
        }

        /** A type of them, by its full name. */
        public Class<?> type(String name) throws ClassNotFoundException {
            return loader.loadClass(name);
        }

        @Override
        public void close() throws IOException {
            loader.close();
            delete(out);
        }
    }

    /** As {@link #check}, to be run. */
    public static Loaded load(List<Path> libraries, String... sources) throws IOException {
        Path out = directory();
        compile(libraries, out, sources);
        return new Loaded(out);
    }

    private static void compile(List<Path> libraries, Path out, String... sources) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classpath = libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of("-proc:none", "--release", "17", "-d", out.toString(), "-cp", classpath),
                        null,
                        Stream.of(sources).map(CompiledSources::file).toList())
                .call();
        assertThat(problems.getDiagnostics())
                .filteredOn(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .as("errors of the compiler in:%n%s", String.join("\n", sources))
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
