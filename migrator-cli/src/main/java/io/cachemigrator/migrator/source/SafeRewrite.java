package io.cachemigrator.migrator.source;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rewrites what compiles afterwards. What does not is taken back, with what shares legacy values with it, until the
 * compiler has no more against the project than it had before.
 */
final class SafeRewrite {
    private static final int MOST_ROUNDS = 12;

    private final CompileGate gate;
    private final RecipeRuns runs;
    private final Map<String, String> texts;
    private final List<CompileError> before;
    private final Map<String, Held> held = new TreeMap<>();

    /**
     * Of a project.
     *
     * @param texts its files by path
     * @param before what the compiler says of it as it is
     * @param refused files that are not to be rewritten
     */
    SafeRewrite(
            CompileGate gate,
            RecipeRuns runs,
            Map<String, String> texts,
            List<CompileError> before,
            Map<String, Held> refused) {
        this.gate = gate;
        this.runs = runs;
        this.texts = texts;
        this.before = before;
        this.held.putAll(refused);
    }

    /** Files that could not be judged, because the compiler did not find all that they name. */
    List<CompileError> unjudged() {
        return before.stream()
                .filter(error -> Held.unjudged(error).equals(held.get(error.file())))
                .toList();
    }

    /** What remains. Never has files that the compiler refuses. */
    RecipeRuns.Outcome run(RecipeRuns.Outcome first) {
        before.stream()
                .filter(CompileError::unresolved)
                .filter(error -> first.changed().containsKey(error.file()))
                .forEach(error -> held.putIfAbsent(error.file(), Held.unjudged(error)));
        RecipeRuns.Outcome outcome = held.isEmpty() ? first : again();
        for (int round = 1; outcome.failures().isEmpty() && !outcome.changed().isEmpty(); round++) {
            Map<String, String> overlaid = new LinkedHashMap<>(texts);
            overlaid.putAll(outcome.changed());
            List<CompileError> added = CompileError.added(before, gate.compile(overlaid));
            if (added.isEmpty()) {
                return outcome;
            }
            take(added, overlaid, outcome.changed().keySet(), round >= MOST_ROUNDS);
            outcome = again();
        }
        return outcome;
    }

    /** Every round takes at least one file back, so that the rounds end. */
    private void take(List<CompileError> added, Map<String, String> overlaid, Set<String> changed, boolean all) {
        Blame blame = new Blame(overlaid);
        Map<String, CompileError> guilty = new TreeMap<>();
        for (CompileError error : added) {
            Set<String> behind = all ? changed : blame.behind(error.file(), changed);
            behind.forEach(file -> guilty.putIfAbsent(file, error));
        }
        guilty.forEach((file, error) -> held.put(file, Held.refused(error, held.containsKey(file))));
    }

    private RecipeRuns.Outcome again() {
        Map<String, String> reasons = held.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().reason()));
        RecipeRuns.Outcome outcome = runs.run(reasons);
        Map<String, String> changed = new TreeMap<>(outcome.changed());
        Set<String> untouched = new TreeSet<>();
        held.forEach((file, why) -> {
            if (why.untouched()) {
                untouched.add(file);
            }
        });
        changed.keySet().removeAll(untouched);
        List<FoundSite> rows = outcome.rows().stream()
                .map(site -> new FoundSite(site.recipe(), told(site.row())))
                .toList();
        return new RecipeRuns.Outcome(rows, changed, outcome.diffs(), outcome.failures());
    }

    /** The recipes know only that a file stays. */
    private LegacyCallSites.Row told(LegacyCallSites.Row row) {
        Held why = held.get(row.sourcePath());
        boolean byUs = row.reasonCode().equals(Held.DOES_NOT_COMPILE);
        boolean refused = row.outcome() == LegacyCallSites.Outcome.REFUSED;
        if (why == null || (refused ? !byUs : !why.untouched())) {
            return row;
        }
        return new LegacyCallSites.Row(
                row.sourcePath(), row.line(), row.api(), LegacyCallSites.Outcome.REFUSED, why.code(), why.reason());
    }
}
