package io.cachemigrator.migrator.source;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.map.MigrationMap;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * What a project compiles with.
 *
 * @param paths jars and folders, in order
 * @param release language level
 * @param problems dependencies that could not be found
 * @param modules Maven's modules by their folders
 * @param common what every module has besides its own
 */
record ProjectClasspath(
        List<Path> paths,
        int release,
        List<SourceProblem> problems,
        Map<String, MavenProject.Module> modules,
        List<Path> common) {
    private static final int DEFAULT_RELEASE = 17;

    /** Works out the class path of a project: its own, then the toolkit's legacy and new API. */
    static ProjectClasspath of(Path root, ProjectSources sources) {
        Set<Path> paths = new LinkedHashSet<>();
        MavenProject maven = sources.poms().isEmpty() ? MavenProject.NONE : MavenProject.read(root, sources.poms());
        Set<Path> common = new LinkedHashSet<>(sources.jars());
        for (Class<?> type :
                List.of(RedisCacheService.class, CacheService.class, MigrationMap.class, NullMarked.class)) {
            addHome(type, common);
        }
        paths.addAll(maven.jars());
        paths.addAll(common);
        int release = maven.release() == 0 ? DEFAULT_RELEASE : maven.release();
        return new ProjectClasspath(
                List.copyOf(paths), release, maven.problems(), maven.modules(), List.copyOf(common));
    }

    /** What the module in a folder compiles with; everything where no build file knows the folder. */
    List<Path> of(String folder) {
        MavenProject.Module module = modules.get(folder);
        if (module == null) {
            return paths;
        }
        Set<Path> own = new LinkedHashSet<>(module.jars());
        own.addAll(common);
        return List.copyOf(own);
    }

    private static void addHome(Class<?> type, Set<Path> paths) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return;
        }
        try {
            paths.add(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException unusable) {
            throw new IllegalStateException(
                    "The toolkit's own jar at " + source.getLocation()
                            + " is no file. Start the toolkit from its extracted jars.",
                    unusable);
        }
    }
}
