package io.cachemigrator.migrator.source;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the sources of a project that can hold a legacy use of some families, so that the others need not be read in full. */
@FunctionalInterface
public interface SourceChoice {
    /** Every source. */
    SourceChoice ALL =
            (code, maps) -> code.sources().files().stream().map(JavaFile::path).collect(Collectors.toUnmodifiableSet());

    /** Paths of the sources that can; whatever is left out must not change what is found. */
    Set<String> of(ProjectCode code, List<MigrationMap> maps);
}
