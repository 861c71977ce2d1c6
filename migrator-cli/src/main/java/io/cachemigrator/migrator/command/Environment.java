package io.cachemigrator.migrator.command;

import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds a command line.
 *
 * @param currentFolder the folder that relative paths start from
 * @param variables environment variables
 */
record Environment(Path currentFolder, Map<String, String> variables) {

    /** Of this process. The launcher passes the folder it was called from, as it starts Java elsewhere. */
    static Environment ofProcess() {
        String folder = System.getProperty("migrator.cwd", "");
        return new Environment(Path.of(folder).toAbsolutePath().normalize(), System.getenv());
    }
}
