package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources of a project and what they compile with; the class path is worked out when it is first asked for. Not thread safe. */
public final class ProjectCode {
    private final Path root;
    private final ProjectSources sources;
    private @Nullable ProjectClasspath classpath;

    private ProjectCode(Path root, ProjectSources sources) {
        this.root = root;
        this.sources = sources;
    }

    /** Reads the sources in a folder. */
    public static ProjectCode read(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new ProjectCode(root, ProjectSources.read(root));
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

    /** What the compiler has against the project as it is, by file and line; empty when it compiles. */
    public List<SourceProblem> compileErrors() {
        String missing = CompileGate.missing();
        return missing != null
                ? List.of(new SourceProblem("", 1, missing))
                : new CompileGate(classpath())
                        .compile(texts()).stream().map(CompileError::where).toList();
    }

    /** Texts of the sources by path. */
    Map<String, String> texts() {
        return sources.files().stream()
                .collect(Collectors.toMap(JavaFile::path, JavaFile::text, (one, other) -> one, LinkedHashMap::new));
    }
}
