package io.cachemigrator.migrator.source;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.report.Progress;
import java.nio.file.Path;
import java.util.List;

/** Finds legacy call sites of a project and works out the rewritten sources. Changes nothing. */
public final class SourceMigration {

    /** For the project in a folder and the families to migrate. */
    public SourceMigration(Path root, List<MigrationMap> maps) {}

    /** Reads, rewrites in memory and compiles the result. */
    public SourceAnalysis analyse(Progress progress) {
        return SourceAnalysis.NONE;
    }
}
