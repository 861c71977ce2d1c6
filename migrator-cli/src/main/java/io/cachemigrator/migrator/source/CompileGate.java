package io.cachemigrator.migrator.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of a project in memory, module by module, without annotation processors, and keeps nothing of the
 * result. Errors in one file keep no other from being looked at.
 */
final class CompileGate {
    private final ProjectClasspath classpath;
    private final SourceRoots roots;
    private final int release;
    private final Map<String, String> classes = new TreeMap<>();

    /** With the class paths and the source folders of a project. */
    CompileGate(ProjectClasspath classpath, SourceRoots roots) {
        this.classpath = classpath;
        this.roots = roots;
        this.release =
                Math.max(8, Math.min(classpath.release(), Runtime.version().feature()));
    }

    /** Why nothing can be compiled at all; null when something can. */
    static @Nullable String missing() {
        return ToolProvider.getSystemJavaCompiler() == null
                ? "There is no compiler: this is a JRE. Run the toolkit on a JDK 17 or later."
                : null;
    }

    /** What the compiler has against the sources, by file and line; empty when they compile. */
    List<CompileError> compile(Map<String, String> sources) {
        List<CompileError> errors = new ArrayList<>();
        for (CompileUnits.Unit unit : new CompileUnits(sources.keySet(), classpath.modules(), roots).all()) {
            List<SourcesInMemory.Text> visible = texts(sources, unit.visible());
            Set<String> own = Set.copyOf(unit.files());
            // what it sees of others is compiled with what those have
            run(texts(sources, unit.files()), visible, classpath.of(unit.module()), false).stream()
                    .filter(error -> own.contains(error.file()))
                    .forEach(errors::add);
        }
        return sorted(errors);
    }

    /** What is no Java of the project's language level, by file and line. */
    List<CompileError> parse(Map<String, String> sources) {
        return sorted(run(texts(sources, sources.keySet()), List.of(), List.of(), true));
    }

    /** Paths of the sources that were parsed, by the classes in them that are in no other. */
    Map<String, String> classes() {
        return Map.copyOf(classes);
    }

    private static List<SourcesInMemory.Text> texts(Map<String, String> sources, Collection<String> paths) {
        return paths.stream()
                .map(path -> new SourcesInMemory.Text(path, sources.getOrDefault(path, "")))
                .toList();
    }

    private List<CompileError> run(
            List<SourcesInMemory.Text> units, List<SourcesInMemory.Text> visible, List<Path> paths, boolean onlyParse) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8);
                SourcesInMemory files = new SourcesInMemory(standard, visible)) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, paths);
            JavaCompiler.CompilationTask task = compiler.getTask(null, files, diagnostics, options(), null, units);
            if (onlyParse && task instanceof JavacTask parser) {
                parser.parse().forEach(this::declare);
            } else {
                task.call();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(CompileGate::error)
                .toList();
    }

    private void declare(CompilationUnitTree unit) {
        if (unit.getSourceFile() instanceof SourcesInMemory.Text text) {
            String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
            for (Tree tree : unit.getTypeDecls()) {
                if (tree instanceof ClassTree type) {
                    classes.put(prefix + type.getSimpleName(), text.path());
                }
            }
        }
    }

    private List<String> options() {
        return List.of(
                "--release",
                String.valueOf(release),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-Xlint:none",
                "-XDshould-stop.ifError=FLOW",
                "-XDshould-stop.ifNoError=FLOW",
                "-Xmaxerrs",
                "100000");
    }

    private static CompileError error(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        String path = source instanceof SourcesInMemory.Text text ? text.path() : "";
        String words = diagnostic.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
        String code = String.valueOf(diagnostic.getCode());
        boolean unresolved = code.startsWith("compiler.err.cant.resolve")
                || code.equals("compiler.err.doesnt.exist")
                || code.equals("compiler.err.cant.access");
        return new CompileError(
                new SourceProblem(path, (int) Math.max(1, diagnostic.getLineNumber()), words), unresolved);
    }

    /** A file that several parts see is complained about several times. */
    private static List<CompileError> sorted(List<CompileError> errors) {
        return errors.stream()
                .distinct()
                .sorted(Comparator.comparing(CompileError::file)
                        .thenComparingInt(error -> error.where().line())
                        .thenComparing(error -> error.where().message()))
                .toList();
    }
}
