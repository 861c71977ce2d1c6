package io.cachemigrator.migrator.source;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import io.cachemigrator.recipes.map.MigrateFromMap;
import io.cachemigrator.recipes.services.SelectiveRecipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openrewrite.Recipe;

/**
 * Finds legacy call sites of a project and works out the rewritten sources. Changes nothing.
 *
 * <p>All modules are read together. The project is compiled as it is and with the changes, module by module; a change
 * that brings an error which was not there before is taken back, with everything that depends on it.
 */
public final class SourceMigration {
    private static final String BY_MAP = MigrateFromMap.class.getName();

    private final ProjectCode code;
    private final List<MigrationMap> maps;
    private final SourceChoice choice;

    /**
     * For a project whose sources were read.
     *
     * @param maps of the families to migrate
     * @param choice tells which sources can hold their uses
     */
    public SourceMigration(ProjectCode code, List<MigrationMap> maps, SourceChoice choice) {
        this.code = code;
        this.maps = List.copyOf(maps);
        this.choice = choice;
    }

    /** Reads, rewrites in memory and compiles the result. The same sources give the same analysis. */
    public SourceAnalysis analyse(Progress progress) {
        ProjectSources sources = code.sources();
        int count = sources.files().size();
        if (count == 0) {
            return SourceAnalysis.NONE;
        }
        List<Recipe> recipes = recipes();
        Set<String> candidates = choice.of(code, maps);
        Set<String> chosen = chosen(candidates, recipes);
        if (chosen.isEmpty()) {
            return new SourceAnalysis(count, List.of(), List.of(), List.of(), List.of(), List.of());
        }
        progress.line("Reading " + chosen.size() + " of " + count + " Java files in full");
        ProjectClasspath classpath = code.classpath();
        List<SourceProblem> problems = new ArrayList<>(classpath.problems());
        String missing = CompileGate.missing();
        if (missing != null) {
            List<SourceProblem> errors = List.of(new SourceProblem("", 1, missing));
            return new SourceAnalysis(count, List.of(), List.of(), List.of(), problems, errors);
        }
        CompileGate gate = code.gate();
        Map<String, String> texts = code.texts();
        Set<String> torn = torn(gate, texts, classpath.release(), problems);
        Map<Boolean, List<JavaFile>> whole = sources.files().stream()
                .filter(file -> !torn.contains(file.path()))
                .collect(Collectors.partitioningBy(file -> chosen.contains(file.path())));
        RecipeRuns runs = new RecipeRuns(
                code.root(),
                whole.getOrDefault(true, List.of()),
                whole.getOrDefault(false, List.of()),
                gate.classes(),
                classpath.paths(),
                recipes);
        problems.addAll(runs.problems());
        List<SourceProblem> untyped = new Untyped(typeNames(), telling())
                .in(runs.trees().stream()
                        .filter(tree -> candidates.contains(
                                tree.getSourcePath().toString().replace('\\', '/')))
                        .toList());
        RecipeRuns.Outcome outcome = runs.run(Map.of());
        if (!outcome.failures().isEmpty()) {
            problems.addAll(outcome.failures());
            return new SourceAnalysis(count, sites(outcome), List.of(), untyped, problems, List.of());
        }
        if (outcome.rows().isEmpty()) {
            return new SourceAnalysis(count, List.of(), List.of(), untyped, problems, List.of());
        }
        progress.line("Compiling the project as it is and as rewritten");
        List<CompileError> before = gate.compile(texts);
        Map<String, Held> refused = new Untouchable(code).of(outcome.changed().keySet());
        SafeRewrite rewrite = new SafeRewrite(gate, runs, texts, before, refused);
        RecipeRuns.Outcome sound = rewrite.run(outcome);
        problems.addAll(sound.failures());
        unjudged(rewrite.unjudged(), problems);
        List<SourcePatch> patches = new ArrayList<>(sound.failures().isEmpty() ? patches(sources, sound) : List.of());
        BuildFiles builds = new BuildFiles(code)
                .need(patches.stream().map(SourcePatch::file).toList());
        patches.addAll(builds.patches());
        problems.addAll(builds.problems());
        List<SourceProblem> errors = before.stream().map(CompileError::where).toList();
        return new SourceAnalysis(count, sites(sound), patches, untyped, problems, errors);
    }

    /** Files that are no Java which this compiler reads, each said once. */
    private static Set<String> torn(
            CompileGate gate, Map<String, String> texts, int release, List<SourceProblem> problems) {
        int own = Runtime.version().feature();
        Set<String> torn = new LinkedHashSet<>();
        for (CompileError error : gate.parse(texts)) {
            if (torn.add(error.file())) {
                problems.add(new SourceProblem(
                        error.file(),
                        error.where().line(),
                        "It is left as it is, because it cannot be parsed as Java " + Math.min(release, own) + " ("
                                + error.where().message() + "). Mend it"
                                + (release > own ? ", or run the toolkit on a JDK " + release + "." : ".")));
            }
        }
        if (release > own) {
            problems.add(new SourceProblem(
                    "pom.xml",
                    1,
                    "The project asks for Java " + release + ", and this is Java " + own
                            + "; what needs the newer one is left as it is. Run the toolkit on a newer JDK."));
        }
        return torn;
    }

    private static void unjudged(List<CompileError> errors, List<SourceProblem> problems) {
        if (!errors.isEmpty()) {
            CompileError first = errors.get(0);
            problems.add(new SourceProblem(
                    first.file(),
                    first.where().line(),
                    "The rewriting of " + errors.size() + " files cannot be judged, because they do not compile now, "
                            + "first here: " + first.where().message()
                            + ". They are left as they are. Complete the class path."));
        }
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

    /** Sources that the recipes must see. */
    private Set<String> chosen(Set<String> candidates, List<Recipe> recipes) {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Set<String> followed = new HashSet<>();
        for (Recipe recipe : recipes) {
            if (recipe instanceof SelectiveRecipe selective) {
                followed.addAll(selective.followed());
            } else if (!choice.of(code, mapsOf(recipe)).isEmpty()) {
                return SourceChoice.ALL.of(code, maps);
            }
        }
        boolean caught = code.sources().files().stream()
                .anyMatch(file -> followed.stream().anyMatch(file.text()::contains));
        return caught ? SourceChoice.ALL.of(code, maps) : candidates;
    }

    private List<MigrationMap> mapsOf(Recipe recipe) {
        return maps.stream()
                .filter(map ->
                        map.apis().stream().anyMatch(api -> recipe.getName().equals(api.recipe())))
                .toList();
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
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (MigrationMap map : maps) {
            for (LegacyApi api : map.apis()) {
                String name = api.recipe();
                if (BY_MAP.equals(name)) {
                    recipes.computeIfAbsent(name + " " + map.family(), key -> MigrateFromMap.of(map));
                } else if (name != null) {
                    recipes.computeIfAbsent(name, SourceMigration::recipe);
                }
            }
        }
        return List.copyOf(recipes.values());
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
