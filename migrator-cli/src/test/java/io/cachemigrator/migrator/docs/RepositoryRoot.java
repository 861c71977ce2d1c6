package io.cachemigrator.migrator.docs;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of the whole repository from the module that is built. */
public final class RepositoryRoot {
    private RepositoryRoot() {}

    public static Path find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("migrator"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests do not run inside the repository");
            }
        }
        return folder;
    }
}
