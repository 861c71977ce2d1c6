package io.cachemigrator.migrator.check;

import io.cachemigrator.migrator.inventory.Gap;
import io.cachemigrator.migrator.inventory.SourceInventory;
import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What neither the recipes of the families nor the inventory could tell. */
final class SourceGaps {
    private SourceGaps() {}

    static List<Gap> of(SourceAnalysis source, SourceInventory code) {
        List<Gap> all = new ArrayList<>(code.gaps());
        Set<String> settled = settled(source, code);
        source.untyped().stream()
                .filter(one -> !settled.contains(one.file()))
                .forEach(one -> all.add(new Gap(
                        Gap.Kind.UNTYPED,
                        one.file(),
                        Math.max(1, one.line()),
                        one.message(),
                        "Complete the project's dependencies, so that its type is known.")));
        for (SourceProblem problem : source.problems()) {
            boolean known = code.gaps().stream()
                    .anyMatch(gap -> gap.file().equals(problem.file()) && gap.kind() != Gap.Kind.UNTYPED);
            if (problem.file().endsWith(".java") && !known) {
                all.add(new Gap(
                        Gap.Kind.UNPARSABLE,
                        problem.file(),
                        Math.max(1, problem.line()),
                        problem.message(),
                        "Correct the file."));
            }
        }
        return all;
    }

    /** Files of which the compiler knows every type, and in which it finds no call that the recipes have not found as well. */
    private static Set<String> settled(SourceAnalysis source, SourceInventory code) {
        Set<String> found = source.callSites().stream()
                .map(site -> site.file() + ":" + site.line())
                .collect(Collectors.toSet());
        Set<String> missed = code.compared().stream()
                .filter(use -> use.member() != null && !found.contains(use.file() + ":" + use.line()))
                .map(use -> use.file())
                .collect(Collectors.toSet());
        return code.typed().stream().filter(file -> !missed.contains(file)).collect(Collectors.toSet());
    }
}
