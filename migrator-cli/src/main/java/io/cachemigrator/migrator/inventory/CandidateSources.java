package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.SourceChoice;
import java.util.List;
import java.util.Set;

/** Chooses the sources that name legacy types, or what hands them out, by looking at texts and untyped trees only. */
public final class CandidateSources implements SourceChoice {
    @Override
    public Set<String> of(ProjectCode code, List<MigrationMap> maps) {
        LegacyIndex index = new LegacyIndex(maps, List.of());
        try (ScanProgress silent = ScanProgress.start(Progress.NONE)) {
            return new JavaScan(code, index, List.of(), silent).candidates().named();
        }
    }
}
