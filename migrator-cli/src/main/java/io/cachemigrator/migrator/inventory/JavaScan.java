package io.cachemigrator.migrator.inventory;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Finds legacy uses in Java sources with the JDK's own compiler, which tells types as exactly as the build does. Sources that cannot
 * hold a legacy use are read only where others need their types. Nothing is written, and no annotation processor runs.
 */
final class JavaScan {
    private final ProjectCode code;
    private final LegacyIndex index;
    private final List<Path> classes;
    private final ScanProgress progress;

    /**
     * Of a project.
     *
     * @param classes folders of its compiled classes, which know the types that no source declares
     */
    JavaScan(ProjectCode code, LegacyIndex index, List<Path> classes, ScanProgress progress) {
        this.code = code;
        this.index = index;
        this.classes = List.copyOf(classes);
        this.progress = progress;
    }

    /**
     * What the sources hold.
     *
     * @param uses legacy uses
     * @param gaps what could not be told
     * @param generated files with classes that are annotated as generated, whose uses were left out
     */
    record Found(List<LegacyUse> uses, List<Gap> gaps, Set<String> generated) {}

    /** The sources that can hold a legacy use. */
    Prefilter.Candidates candidates() {
        List<JavaFile> files = code.sources().files();
        return new Prefilter(index).candidates(files, this::parse);
    }

    private Collection<CompilationUnitTree> parse(Collection<JavaFile> files) {
        List<CompilationUnitTree> trees = new ArrayList<>();
        try (SourceFiles units = sourceFiles(List.copyOf(files), new DiagnosticCollector<>())) {
            for (List<SourceFiles.Unit> group :
                    units.groups(files.stream().map(JavaFile::path).toList())) {
                task(units, new DiagnosticCollector<>(), List.of("-proc:none"), group)
                        .parse()
                        .forEach(trees::add);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return trees;
    }

    /** Looks through some sources, with the types that all sources declare. */
    Found scan(Prefilter.Candidates candidates) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
        if (candidates.all().isEmpty()) {
            return found;
        }
        progress.phase("Working out the class path", 0);
        List<String> options = options();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        progress.phase(
                "Looking for legacy uses in Java sources", candidates.all().size());
        try (SourceFiles units = sourceFiles(code.sources().files(), diagnostics)) {
            units.use(code.classpathEntries(), classes);
            JavacTask last = null;
            for (List<SourceFiles.Unit> group : units.groups(candidates.all())) {
                last = scan(units, group, options, found);
            }
            if (last != null) {
                imports(units, last, candidates.named(), found);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    /** What a missing type hides cannot be told, so each import that leads to nothing is. */
    private void imports(SourceFiles units, JavacTask task, Set<String> named, Found found) throws IOException {
        List<Path> places = new ArrayList<>(code.classpathEntries());
        places.addAll(classes);
        KnownNames known = new KnownNames(units.names(), places, task.getElements());
        Map<String, List<String>> elsewhere = new TreeMap<>();
        for (JavaFile file : code.sources().files()) {
            known.unknownImports(file).forEach((name, line) -> {
                if (named.contains(file.path())) {
                    found.gaps().add(Gap.untyped(file.path(), line, name));
                } else {
                    elsewhere.computeIfAbsent(name, key -> new ArrayList<>()).add(file.path() + ":" + line);
                }
            });
        }
        elsewhere.forEach((name, lines) -> found.gaps().add(unknownImport(name, lines)));
    }

    private static Gap unknownImport(String name, List<String> places) {
        String first = places.get(0);
        int colon = first.lastIndexOf(':');
        return new Gap(
                Gap.Kind.UNKNOWN_IMPORT,
                first.substring(0, colon),
                Integer.parseInt(first.substring(colon + 1)),
                "The import of " + name + " leads to nothing, in " + places.size() + " files that name no legacy type",
                "Complete the project's dependencies, or compile it where the class is generated.");
    }

    private JavacTask scan(SourceFiles units, List<SourceFiles.Unit> group, List<String> options, Found found)
            throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = task(units, diagnostics, options, group);
        task.addTaskListener(new TaskListener() {
            @Override
            public void finished(TaskEvent event) {
                if (event.getKind() == TaskEvent.Kind.ANALYZE) {
                    progress.step();
                }
            }
        });
        List<CompilationUnitTree> trees = new ArrayList<>();
        task.parse().forEach(trees::add);
        syntax(units, diagnostics.getDiagnostics())
                .forEach((path, error) -> found.gaps().add(unparsable(path, error)));
        task.analyze();
        Trees typed = Trees.instance(task);
        for (CompilationUnitTree tree : trees) {
            String path = units.path(tree.getSourceFile());
            if (path != null) {
                UseScanner scanner = new UseScanner(path, index, task, typed, tree);
                scanner.scan(tree, null);
                found.uses().addAll(scanner.uses());
                found.gaps().addAll(scanner.gaps());
                if (scanner.hasGenerated()) {
                    found.generated().add(path);
                }
            }
        }
        return task;
    }

    private static Map<String, Diagnostic<? extends JavaFileObject>> syntax(
            SourceFiles units, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        Map<String, Diagnostic<? extends JavaFileObject>> first = new TreeMap<>();
        for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
            String path = each.getSource() == null ? null : units.path(each.getSource());
            if (each.getKind() == Diagnostic.Kind.ERROR && path != null) {
                first.putIfAbsent(path, each);
            }
        }
        return first;
    }

    private Gap unparsable(String path, Diagnostic<? extends JavaFileObject> error) {
        int line = (int) Math.max(1, error.getLineNumber());
        String words = error.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
        int running = Runtime.version().feature();
        return code.release() > running
                ? new Gap(
                        Gap.Kind.NEWER_SYNTAX,
                        path,
                        line,
                        "Java " + code.release() + " that Java " + running + " cannot read: " + words,
                        "Run the toolkit on Java " + code.release() + " or later.")
                : new Gap(
                        Gap.Kind.UNPARSABLE,
                        path,
                        line,
                        words,
                        "Correct the file; if it is of a newer Java than " + running + ", run the toolkit on that.");
    }

    private List<String> options() {
        int level = Math.min(Math.max(8, code.release()), Runtime.version().feature());
        return List.of(
                "--release",
                String.valueOf(level),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-Xlint:none",
                "-Xprefer:source",
                "-XDshould-stop.ifError=ATTR",
                "-XDshould-stop.ifNoError=ATTR",
                "-Xmaxerrs",
                "100000");
    }

    private static SourceFiles sourceFiles(List<JavaFile> files, DiagnosticCollector<JavaFileObject> diagnostics) {
        return new SourceFiles(
                compiler().getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8), files);
    }

    private static JavacTask task(
            SourceFiles units,
            DiagnosticCollector<JavaFileObject> diagnostics,
            List<String> options,
            List<SourceFiles.Unit> group) {
        return (JavacTask) compiler().getTask(null, units, diagnostics, options, null, group);
    }

    private static JavaCompiler compiler() {
        @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The sources cannot be looked through.",
                    "There is no compiler: this is a JRE.",
                    "Run the toolkit on a JDK 17 or later.");
        }
        return compiler;
    }
}
