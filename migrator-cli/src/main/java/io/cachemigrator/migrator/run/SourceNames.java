package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.ProjectTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which families a project's sources name, without compiling them. */
final class SourceNames {
    private static final long MAX_BYTES = 2 << 20;

    private SourceNames() {}

    /**
     * Looks into the sources.
     *
     * @param types fully qualified types, and packages with a star, by family
     * @return families one of whose names a source has
     */
    static Set<String> of(Path root, Map<String, List<String>> types) {
        Set<String> named = new HashSet<>();
        if (types.isEmpty()) {
            return named;
        }
        for (Path file : ProjectTree.files(root, SourceNames::isSource, MAX_BYTES)) {
            String text = read(file);
            types.forEach((family, names) -> {
                if (names.stream().anyMatch(text::contains)) {
                    named.add(family);
                }
            });
            if (named.size() == types.size()) {
                break;
            }
        }
        return named;
    }

    private static boolean isSource(String name) {
        return name.endsWith(".java") || name.endsWith(".kt") || name.endsWith(".groovy");
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + file + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct its permissions.",
                    e);
        }
    }
}
