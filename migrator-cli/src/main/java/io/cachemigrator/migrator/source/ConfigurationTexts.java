package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the configurations of legacy caches among a project's XML files, for recipes that follow what the code loads. */
final class ConfigurationTexts {
    private static final long MOST_BYTES = 1 << 20;
    private static final String EHCACHE = "<ehcache";
    private static final Set<String> BUILT = Set.of("target", "build", "out", "bin", "node_modules");

    private ConfigurationTexts() {}

    /** Texts by path in the project. Larger files and those that links lead to are left out, so that what loads them stays. */
    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.equals(root) ? "" : folder.getFileName().toString();
                return name.startsWith(".") || BUILT.contains(name)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && file.toString().endsWith(".xml") && attributes.size() <= MOST_BYTES) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (text.contains(EHCACHE)) {
                        texts.put(ProjectSources.path(root, file), text);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                return FileVisitResult.CONTINUE; // what loads it stays, since it is not found
            }
        });
        return texts;
    }
}
