package io.cachemigrator.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.inventory.Gap;
import io.cachemigrator.migrator.inventory.LegacyUse;
import io.cachemigrator.migrator.inventory.SourceInventory;
import io.cachemigrator.migrator.source.CallSite;
import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceProblem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the recipes could not type counts, unless the compiler could and found nothing more. */
@Tag("CLI-3")
class SourceGapsTest {
    private static final LegacyApi API =
            MigrationMaps.builtIn("services").orElseThrow().apis().get(0);
    private static final SourceProblem UNTYPED = new SourceProblem("Shop.java", 3, "The type of getMany is unknown");

    @Test
    void untyped_thatTheCompilerDoesNotKnowEither_isAGap() {
        assertThat(kinds(analysis(List.of(UNTYPED), List.of()), inventory(List.of(), Set.of())))
                .containsExactly(Gap.Kind.UNTYPED);
    }

    @Test
    void untyped_whereTheCompilerFindsACallThatTheRecipesMissed_isAGap() {
        assertThat(kinds(analysis(List.of(UNTYPED), List.of()), inventory(List.of(use(3)), Set.of("Shop.java"))))
                .containsExactly(Gap.Kind.UNTYPED);
    }

    @Test
    void untyped_whereTheCompilerKnowsAllAndFindsNothingMore_isSettled() {
        assertThat(kinds(analysis(List.of(UNTYPED), List.of(site(3))), inventory(List.of(use(3)), Set.of("Shop.java"))))
                .isEmpty();
        assertThat(kinds(analysis(List.of(UNTYPED), List.of()), inventory(List.of(), Set.of("Shop.java"))))
                .isEmpty();
    }

    @Test
    void problem_ofASource_isAGapAndOneOfTheBuildIsNot() {
        SourceAnalysis analysis = new SourceAnalysis(
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(new SourceProblem("Shop.java", 1, "broken"), new SourceProblem("pom.xml", 1, "missing")),
                List.of());

        assertThat(kinds(analysis, inventory(List.of(), Set.of()))).containsExactly(Gap.Kind.UNPARSABLE);
    }

    private static List<Gap.Kind> kinds(SourceAnalysis analysis, SourceInventory inventory) {
        return SourceGaps.of(analysis, inventory).stream().map(Gap::kind).toList();
    }

    private static SourceAnalysis analysis(List<SourceProblem> untyped, List<CallSite> sites) {
        return new SourceAnalysis(1, sites, List.of(), untyped, List.of(), List.of());
    }

    private static SourceInventory inventory(List<LegacyUse> compared, Set<String> typed) {
        return new SourceInventory(List.of(), List.of(), compared, typed, List.of(), 1, 1);
    }

    private static LegacyUse use(int line) {
        return new LegacyUse(
                "Shop.java", line, "services", API, "RedisCacheService", "getMany", LegacyUse.Evidence.SOURCE, true);
    }

    private static CallSite site(int line) {
        return new CallSite(
                "Shop.java",
                line,
                "services",
                "RedisCacheService.getMany",
                "KeyedCache.getMany",
                CallSite.Disposition.REWRITTEN,
                null,
                null,
                "low",
                1,
                5,
                "services/RedisCacheService.getMany");
    }
}
