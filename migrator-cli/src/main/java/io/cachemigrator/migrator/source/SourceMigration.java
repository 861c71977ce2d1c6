package io.cachemigrator.migrator.source;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openrewrite.Recipe;

/**
 * Finds legacy call sites of a project and works out the rewritten sources. Changes nothing.
 *
 * <p>All modules are read together. The project is compiled as it is and with the changes; a change that does not
 * compile is taken back, with everything that depends on it.
 */
public final class SourceMigration {
    private static final int MOST_ROUNDS = 6;

    private final ProjectCode code;
    private final List<MigrationMap> maps;

    /** For the project in a folder and the families to migrate. */
    public SourceMigration(Path root, List<MigrationMap> maps) {
        this(ProjectCode.read(root), maps);
    }

    /** For a project whose sources were read, and the families to migrate. */
    public SourceMigration(ProjectCode code, List<MigrationMap> maps) {
        this.code = code;
        this.maps = List.copyOf(maps);
    }

    /** Reads, rewrites in memory and compiles the result. The same sources give the same analysis. */
    public SourceAnalysis analyse(Progress progress) {
        ProjectSources sources = code.sources();
        int count = sources.files().size();
        if (count == 0) {
            return SourceAnalysis.NONE;
        }
        if (sources.files().stream().noneMatch(this::mentionsLegacy)) {
            return new SourceAnalysis(count, List.of(), List.of(), List.of(), List.of(), List.of());
        }
        progress.line("Reading " + count + " Java files");
        ProjectClasspath classpath = code.classpath();
        RecipeRuns runs = new RecipeRuns(code.root(), sources.files(), classpath.paths(), recipes());
        List<SourceProblem> problems = new ArrayList<>(classpath.problems());
        problems.addAll(runs.problems());
        List<SourceProblem> untyped = new Untyped(typeNames(), telling()).in(runs.trees());
        RecipeRuns.Outcome outcome = runs.run(Map.of());
        if (!outcome.failures().isEmpty()) {
            problems.addAll(outcome.failures());
            return new SourceAnalysis(count, sites(outcome), List.of(), untyped, problems, List.of());
        }
        if (outcome.rows().isEmpty()) {
            return new SourceAnalysis(count, List.of(), List.of(), untyped, problems, List.of());
        }
        progress.line("Compiling the project as it is and as rewritten");
        CompileGate gate = new CompileGate(classpath.paths(), classpath.release());
        Map<String, String> texts = texts(sources);
        List<SourceProblem> errors = gate.compile(texts);
        RecipeRuns.Outcome sound = errors.isEmpty() ? compiling(gate, texts, runs, outcome) : outcome;
        return new SourceAnalysis(count, sites(sound), patches(sources, sound), untyped, problems, errors);
    }

    /** Takes back what does not compile, round by round. */
    private static RecipeRuns.Outcome compiling(
            CompileGate gate, Map<String, String> texts, RecipeRuns runs, RecipeRuns.Outcome first) {
        Map<String, String> kept = new TreeMap<>();
        RecipeRuns.Outcome outcome = first;
        for (int round = 0; round < MOST_ROUNDS && !outcome.changed().isEmpty(); round++) {
            Map<String, String> overlaid = new LinkedHashMap<>(texts);
            overlaid.putAll(outcome.changed());
            List<SourceProblem> errors = gate.compile(overlaid);
            if (errors.isEmpty()) {
                return outcome;
            }
            int before = kept.size();
            Map<String, String> changed = outcome.changed();
            errors.forEach(error -> keep(error, changed, kept));
            if (kept.size() == before || round == MOST_ROUNDS - 2) {
                changed.keySet().forEach(path -> kept.putIfAbsent(path, words(errors.get(0))));
            }
            outcome = runs.run(kept);
        }
        return outcome;
    }

    private static void keep(SourceProblem error, Map<String, String> changed, Map<String, String> kept) {
        if (changed.containsKey(error.file())) {
            kept.putIfAbsent(error.file(), words(error));
        }
    }

    private static String words(SourceProblem error) {
        return "The rewritten code would not compile (" + error.file() + ":" + error.line() + ": " + error.message()
                + "). Change it by hand.";
    }

    private List<CallSite> sites(RecipeRuns.Outcome outcome) {
        return new CallSites(maps).of(outcome.rows());
    }

    private static List<SourcePatch> patches(ProjectSources sources, RecipeRuns.Outcome outcome) {
        List<SourcePatch> patches = new ArrayList<>();
        for (JavaFile file : sources.files()) {
            String after = outcome.changed().get(file.path());
            if (after != null && !after.equals(file.text())) {
                String diff = outcome.diffs().getOrDefault(file.path(), "");
                patches.add(new SourcePatch(file.path(), file.bytes(), file.encode(after), diff));
            }
        }
        return patches;
    }

    private static Map<String, String> texts(ProjectSources sources) {
        return sources.files().stream()
                .collect(Collectors.toMap(JavaFile::path, JavaFile::text, (one, other) -> one, LinkedHashMap::new));
    }

    private boolean mentionsLegacy(JavaFile file) {
        return maps.stream()
                .flatMap(map -> map.apis().stream())
                .anyMatch(api -> file.text().contains(simple(api.type()))
                        || file.text()
                                .contains(api.type().substring(0, api.type().lastIndexOf('.'))));
    }

    private Set<String> typeNames() {
        return maps.stream()
                .flatMap(map -> map.apis().stream())
                .map(api -> simple(api.type()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Names of methods that few classes but the legacy ones have. */
    private Set<String> telling() {
        return maps.stream()
                .flatMap(map -> map.apis().stream())
                .flatMap(api -> api.methods().stream())
                .map(method -> method.name())
                .filter(name -> name.chars().anyMatch(Character::isUpperCase))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Recipe> recipes() {
        return maps.stream()
                .flatMap(map -> map.apis().stream())
                .map(LegacyApi::recipe)
                .filter(name -> name != null)
                .distinct()
                .map(SourceMigration::recipe)
                .toList();
    }

    private static Recipe recipe(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(Recipe.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException unusable) {
            throw new MigratorException(
                    ErrorCode.BAD_MAP,
                    "The migration map names the recipe " + name + ", which is none.",
                    "There is no such recipe on the class path.",
                    "Put its jar on the class path, or correct the name.",
                    unusable);
        }
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
