package io.cachemigrator.migrator.project;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The files of a project that people write: build output, tools' folders and links are left out. */
public final class ProjectTree {
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".migrator", "target", "build", "node_modules", ".idea", ".gradle", "out", "bin");

    private ProjectTree() {}

    /**
     * Files in order of their paths.
     *
     * @param root real path of the project's folder
     * @param name which names are wanted
     * @param maxBytes larger files are left out
     */
    public static Set<Path> files(Path root, Predicate<String> name, long maxBytes) {
        Set<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(root)
                            && SKIPPED_FOLDERS.contains(folder.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && attributes.size() <= maxBytes
                            && name.test(file.getFileName().toString())) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            return files;
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The project " + root + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct its permissions.",
                    e);
        }
    }
}
