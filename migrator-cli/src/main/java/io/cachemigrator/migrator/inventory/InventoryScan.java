package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.arch.ClassPlaces;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectCode;
import io.cachemigrator.migrator.source.ProjectSources;
import io.cachemigrator.migrator.source.SourceProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes inventory of the legacy caches that a project's code uses, in sources and compiled classes. Changes nothing. */
public final class InventoryScan {
    private static final Comparator<LegacyUse> BY_PLACE = Comparator.comparing(LegacyUse::file)
            .thenComparingInt(LegacyUse::line)
            .thenComparing(LegacyUse::name);
    private static final Comparator<Gap> GAPS = Comparator.comparing(Gap::file)
            .thenComparingInt(Gap::line)
            .thenComparing(Gap::kind)
            .thenComparing(Gap::what);

    private final ProjectCode code;
    private final LegacyIndex index;
    private final Set<String> found = new HashSet<>();

    /**
     * Of a project.
     *
     * @param found families whose uses are to be found
     * @param compared families whose uses in sources somebody else finds; what only compiled classes show of them is found here
     */
    public InventoryScan(ProjectCode code, List<MigrationMap> found, List<MigrationMap> compared) {
        this.code = code;
        this.index = new LegacyIndex(found, compared);
        found.forEach(map -> this.found.add(map.family()));
    }

    /** Looks through everything. The same project gives the same inventory. */
    public SourceInventory scan(Progress progress) {
        try (ScanProgress told = ScanProgress.start(progress)) {
            ProjectSources sources = code.sources();
            List<Path> places = ClassPlaces.everyOfProject(code.root());
            JavaScan scan = new JavaScan(code, index, places, told);
            told.phase("Choosing among " + sources.files().size() + " Java files", 0);
            Prefilter.Candidates candidates = scan.candidates();
            JavaScan.Found inSources = scan.scan(candidates);
            told.phase("Comparing with compiled classes", 0);
            Reconciliation compared = new Reconciliation(code, index);
            compared.run(inSources.uses(), CompiledUses.read(places, index), places, inSources.generated());
            return new SourceInventory(
                    uses(inSources, compared),
                    gaps(inSources, compared, !candidates.all().isEmpty()),
                    inSources.uses().stream()
                            .filter(use -> !found.contains(use.family()))
                            .sorted(BY_PLACE)
                            .toList(),
                    typed(candidates.all(), inSources.gaps()),
                    leftOut(inSources, compared),
                    sources.files().size(),
                    candidates.all().size());
        }
    }

    private static Set<String> typed(Set<String> read, List<Gap> gaps) {
        Set<String> typed = new TreeSet<>(read);
        gaps.stream().filter(gap -> gap.kind().hides()).forEach(gap -> typed.remove(gap.file()));
        return typed;
    }

    private List<LegacyUse> uses(JavaScan.Found inSources, Reconciliation compared) {
        List<LegacyUse> uses = new ArrayList<>(compared.onlyCompiled());
        inSources.uses().stream().filter(use -> found.contains(use.family())).forEach(uses::add);
        return uses.stream().sorted(BY_PLACE).toList();
    }

    private List<Gap> gaps(JavaScan.Found inSources, Reconciliation compared, boolean hasCandidates) {
        List<Gap> gaps = new ArrayList<>(compared.gaps());
        inSources.gaps().stream().filter(gap -> !isSettled(gap, compared)).forEach(gaps::add);
        gaps.addAll(OtherLanguages.gaps(code.sources().foreign(), index));
        for (String link : code.sources().outside()) {
            gaps.add(new Gap(
                    Gap.Kind.OUTSIDE_LINK,
                    link,
                    1,
                    "a link that leads out of the project",
                    "Check the project that it leads to by itself, or copy the files."));
        }
        if (hasCandidates) {
            classpath(gaps);
        }
        return gaps.stream().distinct().sorted(GAPS).toList();
    }

    /** The class path of a Gradle build is not known, but its compiled classes tell what the sources alone do not. */
    private boolean isSettled(Gap gap, Reconciliation compared) {
        boolean gradle = isGradle(code.sources().moduleOf(gap.file()));
        return gradle
                && (gap.kind() == Gap.Kind.UNKNOWN_IMPORT // the class path of the build is, as a whole
                        || (gap.kind() == Gap.Kind.UNTYPED && compared.fresh().contains(gap.file())));
    }

    private boolean isGradle(String module) {
        String folder = module.equals(".") ? "" : module + "/";
        return code.sources().gradle().stream().anyMatch(build -> build.startsWith(folder + "build.gradle"))
                && !code.sources().poms().contains(code.root().resolve(folder + "pom.xml"));
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

    private List<String> leftOut(JavaScan.Found inSources, Reconciliation compared) {
        List<String> lines = new ArrayList<>(code.sources().leftOut());
        if (!inSources.generated().isEmpty()) {
            lines.add(inSources.generated().size() + " Java files with classes annotated as generated, first "
                    + inSources.generated().iterator().next());
        }
        if (!compared.generated().isEmpty()) {
            lines.add(compared.generated().size()
                    + " compiled classes of generated sources that use a legacy cache, first "
                    + compared.generated().iterator().next());
        }
        return lines;
    }
}
