package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources of a project and what they compile with; the class path is worked out when it is first asked for. Not thread safe. */
public final class ProjectCode {
    private final Path root;
    private final ProjectSources sources;
    private final int runtime;
    private @Nullable ProjectClasspath classpath;

    private ProjectCode(Path root, ProjectSources sources, int runtime) {
        this.root = root;
        this.sources = sources;
        this.runtime = runtime;
    }

    /** Reads the sources in a folder, which run on the Java that their build states. */
    public static ProjectCode read(Path folder) {
        return read(folder, 0);
    }

    /**
     * Reads the sources in a folder.
     *
     * @param runtime the oldest Java that they run on; 0 = what their build states
     */
    public static ProjectCode read(Path folder, int runtime) {
        Path root = folder.toAbsolutePath().normalize();
        return new ProjectCode(root, ProjectSources.read(root), runtime);
    }

    /** The project's folder. */
    public Path root() {
        return root;
    }

    /** Its sources. */
    public ProjectSources sources() {
        return sources;
    }

    ProjectClasspath classpath() {
        if (classpath == null) {
            classpath = ProjectClasspath.of(root, sources);
        }
        return classpath;
    }

    /** Jars and folders that it compiles with, in order. */
    public List<Path> classpathEntries() {
        return classpath().paths();
    }

    /** Its language level. */
    public int release() {
        return classpath().release();
    }

    /** Dependencies that could not be found. */
    public List<SourceProblem> missingDependencies() {
        return classpath().problems();
    }

    CompileGate gate() {
        return new CompileGate(classpath(), sources.roots());
    }

    /** What the compiler has against the project as it is, by file and line; empty when it compiles. */
    public List<SourceProblem> compileErrors() {
        String missing = CompileGate.missing();
        return missing != null
                ? List.of(new SourceProblem("", 1, missing))
                : gate().compile(texts()).stream().map(CompileError::where).toList();
    }

    /** Texts of the sources by path. */
    Map<String, String> texts() {
        return sources.files().stream()
                .collect(Collectors.toMap(JavaFile::path, JavaFile::text, (one, other) -> one, LinkedHashMap::new));
    }

    /** The oldest Java that the module in a folder runs on. */
    int runtime(String folder) {
        MavenProject.Module module = classpath().modules().get(folder);
        return runtime > 0 ? runtime : module == null || module.release() == 0 ? release() : module.release();
    }

    /** Whether a file is part of a module with a descriptor of its own. */
    boolean hasModuleInfo(String file) {
        SourceRoots.Place place = sources.roots().of(file);
        String folder = place == null ? "" : place.folder();
        return Files.isRegularFile(root.resolve(folder).resolve("module-info.java"));
    }

    /** Whether the module in a folder has the toolkit among its dependencies, itself or by what it inherits or depends on. */
    boolean knowsService(String folder, boolean main) {
        return namesService(folder, main) || knowsService(folder, main, new HashSet<>());
    }

    /** What the sources name already, the build gives them in one way or the other. */
    private boolean namesService(String folder, boolean main) {
        return sources.files().stream()
                .filter(file -> !main || !sources.isTest(file.path()))
                .filter(file -> sources.moduleOf(file.path()).equals(folder.isEmpty() ? "." : folder))
                .anyMatch(file -> file.text().contains("io.cachemigrator."));
    }

    private boolean knowsService(String folder, boolean main, Set<String> seen) {
        Path pom = root.resolve(folder).resolve("pom.xml").normalize();
        if (!seen.add(folder) || !sources.poms().contains(pom)) {
            return false;
        }
        if (PomDependency.has(load(pom), "io.cachemigrator", main)) {
            return true;
        }
        int up = folder.lastIndexOf('/');
        boolean inherited = !folder.isEmpty() && knowsService(up < 0 ? "" : folder.substring(0, up), main, seen);
        MavenProject.Module module = classpath().modules().get(folder);
        return inherited
                || (module != null && module.upstream().stream().anyMatch(other -> knowsService(other, true, seen)));
    }

    private static String load(Path pom) {
        try {
            return new String(Files.readAllBytes(pom), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
