package io.cachemigrator.migrator.source;

import java.nio.file.Path;
import java.util.List;
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
}
