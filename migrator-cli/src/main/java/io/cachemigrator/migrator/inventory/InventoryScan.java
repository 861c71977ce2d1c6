package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.ProjectSources;
import io.cachemigrator.migrator.source.SourceProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Takes inventory of the legacy caches that a project's code uses. Changes nothing. */
public final class InventoryScan {
    private static final Comparator<LegacyUse> BY_PLACE = Comparator.comparing(LegacyUse::file)
            .thenComparingInt(LegacyUse::line)
            .thenComparing(LegacyUse::name);

    private final ProjectCode code;
    private final LegacyIndex index;

    /**
     * Of a project.
     *
     * @param maps families whose uses are to be found
     */
    public InventoryScan(ProjectCode code, List<MigrationMap> maps) {
        this.code = code;
        this.index = new LegacyIndex(maps);
    }

    /** Looks through everything. The same project gives the same inventory. */
    public SourceInventory scan(Progress progress) {
        try (ScanProgress told = ScanProgress.start(progress)) {
            ProjectSources sources = code.sources();
            JavaScan scan = new JavaScan(code, index, List.of(), told);
            told.phase("Choosing among " + sources.files().size() + " Java files", 0);
            Set<String> candidates = scan.candidates();
            JavaScan.Found found = scan.scan(candidates);
            List<Gap> gaps = new ArrayList<>(found.gaps());
            if (!candidates.isEmpty()) {
                classpath(gaps);
            }
            sources.outside()
                    .forEach(link -> gaps.add(new Gap(
                            Gap.Kind.OUTSIDE_LINK,
                            link,
                            1,
                            "a link that leads out of the project",
                            "Check the project that it leads to by itself, or copy the files.")));
            List<String> leftOut = new ArrayList<>(sources.leftOut());
            if (!found.generated().isEmpty()) {
                leftOut.add(found.generated().size() + " files with classes annotated as generated, first "
                        + found.generated().iterator().next());
            }
            return new SourceInventory(
                    found.uses().stream().sorted(BY_PLACE).toList(),
                    gaps.stream()
                            .distinct()
                            .sorted(Comparator.comparing(Gap::file)
                                    .thenComparingInt(Gap::line)
                                    .thenComparing(Gap::kind)
                                    .thenComparing(Gap::what))
                            .toList(),
                    leftOut,
                    sources.files().size(),
                    candidates.size());
        }
    }

    private void classpath(List<Gap> gaps) {
        for (SourceProblem missing : code.missingDependencies()) {
            gaps.add(new Gap(
                    Gap.Kind.MISSING_DEPENDENCY,
                    missing.file(),
                    Math.max(1, missing.line()),
                    missing.message(),
                    "Install it in the local Maven repository, or make its repository reachable."));
        }
        List<String> gradle = code.sources().gradle();
        if (!gradle.isEmpty()) {
            gaps.add(new Gap(
                    Gap.Kind.UNKNOWN_CLASSPATH,
                    gradle.get(0),
                    1,
                    "the class path of a Gradle build is not worked out",
                    "Compile the project, and put its jars into a folder lib, so that every type is known."));
        }
    }
}
