package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources in memory, without annotation processors, and keeps nothing of the result. */
final class CompileGate {
    private final List<Path> classpath;
    private final int release;

    /** With a class path and a language level. */
    CompileGate(List<Path> classpath, int release) {
        this.classpath = List.copyOf(classpath);
        this.release = release;
    }

    /** What the compiler has against the sources, by file and line; empty when they compile. */
    List<SourceProblem> compile(Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return List.of(new SourceProblem(
                    "", 1, "There is no compiler: this is a JRE. Run the toolkit on a JDK 17 or later."));
        }
        if (release > Runtime.version().feature()) {
            return List.of(new SourceProblem(
                    "",
                    1,
                    "The project asks for Java " + release + ", and this is Java "
                            + Runtime.version().feature() + ". Run the toolkit on a newer JDK."));
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((path, text) -> units.add(new Text(path, text)));
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8);
                JavaFileManager files = new Discarding(standard)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classpath);
            standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            compiler.getTask(null, files, diagnostics, options(), null, units).call();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(CompileGate::problem)
                .distinct()
                .sorted(Comparator.comparing(SourceProblem::file)
                        .thenComparingInt(SourceProblem::line)
                        .thenComparing(SourceProblem::message))
                .toList();
    }

    private List<String> options() {
        return List.of(
                "--release",
                String.valueOf(Math.max(8, release)),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-Xlint:none",
                "-XDshould-stop.ifNoError=FLOW",
                "-Xmaxerrs",
                "1000");
    }

    private static SourceProblem problem(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String path = source instanceof Text text ? text.path : "";
        String words = diagnostic.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
        return new SourceProblem(path, (int) Math.max(1, diagnostic.getLineNumber()), words);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Text(String path, String text) {
            super(Path.of("/", path).toUri(), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Discarding extends ForwardingJavaFileManager<JavaFileManager> {
        Discarding(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("discarded:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return OutputStream.nullOutputStream();
                }
            };
        }
    }
}
