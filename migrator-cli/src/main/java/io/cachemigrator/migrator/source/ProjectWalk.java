package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the sources and build files of a project. Follows no link, and says which ones lead out of the project. */
final class ProjectWalk extends SimpleFileVisitor<Path> {
    private static final Set<String> GRADLE = Set.of("build.gradle", "build.gradle.kts");
    private static final List<String> FOREIGN = List.of(".kt", ".kts", ".groovy");

    /** Folders of which users should know that they were left out, because they may hold code that people wrote. */
    private static final Set<String> TOLD = Set.of("generated", "generated-sources", "archetype-resources");

    private static final List<String> GENERATED =
            List.of("generated-sources", "generated-test-sources", "generated/sources");

    private final Path root;
    private final List<Path> java = new ArrayList<>();
    private final List<Path> poms = new ArrayList<>();
    private final SourceRoots roots;
    private final List<Path> jars = new ArrayList<>();
    private final List<Path> foreign = new ArrayList<>();
    private final Set<String> modules = new TreeSet<>();
    private final Set<String> leftOut = new TreeSet<>();
    private final Set<String> outside = new TreeSet<>();
    private final Set<String> gradle = new TreeSet<>();

    private ProjectWalk(Path root) {
        this.root = root;
        this.roots = new SourceRoots(root);
    }

    static ProjectWalk of(Path root) throws IOException {
        ProjectWalk walk = new ProjectWalk(root);
        Files.walkFileTree(root, walk);
        walk.poms.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString));
        walk.jars.sort(Comparator.comparing(Path::toString));
        return walk;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.equals(root) || !ProjectSources.isLeftOut(root, folder, roots)) {
            return FileVisitResult.CONTINUE;
        }
        if (TOLD.contains(folder.getFileName().toString())) {
            tell(folder);
        }
        for (String generated : GENERATED) {
            tell(folder.resolve(generated));
        }
        return FileVisitResult.SKIP_SUBTREE;
    }

    private void tell(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long count = files.filter(file -> file.toString().endsWith(".java")).count();
            if (count > 0) {
                String why = folder.endsWith("archetype-resources") ? "templates" : "generated";
                leftOut.add(ProjectSources.path(root, folder) + ": " + count + " Java files (" + why + ")");
            }
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            link(file);
            return FileVisitResult.CONTINUE;
        }
        String name = file.getFileName().toString();
        if (name.endsWith(".java") && attributes.isRegularFile()) {
            java.add(file);
        } else if (name.equals("pom.xml") || GRADLE.contains(name)) {
            if (name.equals("pom.xml")) {
                poms.add(file);
            } else {
                gradle.add(ProjectSources.path(root, file));
            }
            modules.add(ProjectSources.path(root, file.resolveSibling("")));
        } else if (name.endsWith(".jar") && file.endsWith(Path.of("lib", name))) {
            jars.add(file);
        } else if (FOREIGN.stream().anyMatch(name::endsWith)) {
            foreign.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    /** What a link leads to inside the project is read where it is. */
    private void link(Path link) throws IOException {
        if (!Files.exists(link)) {
            return;
        }
        if (!link.toRealPath().startsWith(root.toRealPath())) {
            outside.add(ProjectSources.path(root, link));
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        leftOut.add(ProjectSources.path(root, file) + ": cannot be read ("
                + failure.getClass().getSimpleName() + ")");
        return FileVisitResult.CONTINUE;
    }

    List<Path> java() {
        return List.copyOf(java);
    }

    SourceRoots roots() {
        return roots;
    }

    List<Path> poms() {
        return List.copyOf(poms);
    }

    List<Path> jars() {
        return List.copyOf(jars);
    }

    List<Path> foreign() {
        return List.copyOf(foreign);
    }

    List<String> modules() {
        return List.copyOf(modules);
    }

    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    List<String> outside() {
        return List.copyOf(outside);
    }

    List<String> gradle() {
        return List.copyOf(gradle);
    }
}
