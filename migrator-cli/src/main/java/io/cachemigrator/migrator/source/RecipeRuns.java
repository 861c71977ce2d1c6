package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import io.cachemigrator.recipes.services.LegacyCallSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.Recipe;
import org.openrewrite.RecipeRun;
import org.openrewrite.Result;
import org.openrewrite.SourceFile;
import org.openrewrite.internal.InMemoryLargeSourceSet;
import org.openrewrite.java.JavaParser;
import org.openrewrite.text.PlainTextParser;
import org.openrewrite.tree.ParseError;

/** Parses sources once and runs recipes over them, as often as needed. */
final class RecipeRuns {
    private final List<SourceFile> trees = new ArrayList<>();
    private final List<SourceProblem> problems = new ArrayList<>();
    private final List<Recipe> recipes;
    private final Map<String, String> otherClasses;

    /**
     * What recipes made of the sources.
     *
     * @param rows call sites
     * @param changed new texts by path
     * @param diffs unified diffs by path
     * @param failures recipes that broke; when there are any, nothing else counts
     */
    record Outcome(
            List<FoundSite> rows,
            Map<String, String> changed,
            Map<String, String> diffs,
            List<SourceProblem> failures) {}

    /**
     * Over sources.
     *
     * @param files what recipes look at
     * @param others what only tells the types of that
     * @param classes paths of all of them by the classes that they declare
     */
    RecipeRuns(
            Path root,
            List<JavaFile> files,
            List<JavaFile> others,
            Map<String, String> classes,
            List<Path> classpath,
            List<Recipe> recipes) {
        this.recipes = List.copyOf(recipes);
        Set<String> unseen = others.stream().map(JavaFile::path).collect(Collectors.toSet());
        this.otherClasses = classes.entrySet().stream()
                .filter(entry -> unseen.contains(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        ExecutionContext ctx = new InMemoryExecutionContext(failure -> {});
        List<Parser.Input> inputs = inputs(root, files);
        JavaParser.fromJavaVersion()
                .classpath(classpath)
                .dependsOn(inputs(root, others))
                .logCompilationWarningsAndErrors(false)
                .build()
                .parseInputs(inputs, root, ctx)
                .forEach(this::take);
        List<Parser.Input> texts = new ArrayList<>();
        configurations(root).forEach((path, text) -> texts.add(Parser.Input.fromString(root.resolve(path), text)));
        PlainTextParser.builder().build().parseInputs(texts, root, ctx).forEach(trees::add);
    }

    private static Map<String, String> configurations(Path root) {
        try {
            return ConfigurationTexts.of(root);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Parser.Input> inputs(Path root, List<JavaFile> files) {
        return files.stream()
                .map(file -> Parser.Input.fromString(root.resolve(file.path()), file.text()))
                .toList();
    }

    private void take(SourceFile tree) {
        if (tree instanceof ParseError error) {
            problems.add(new SourceProblem(
                    path(error), 1, "The file could not be parsed, so that legacy calls in it are not seen. Mend it."));
        } else {
            trees.add(tree);
        }
    }

    /** Trees of the files that could be parsed. */
    List<SourceFile> trees() {
        return List.copyOf(trees);
    }

    /** Files that could not be parsed. */
    List<SourceProblem> problems() {
        return List.copyOf(problems);
    }

    /** Runs the recipes; some files stay as they are, each for a reason. */
    Outcome run(Map<String, String> kept) {
        List<SourceProblem> failures = new ArrayList<>();
        List<FoundSite> rows = new ArrayList<>();
        Map<String, String> changed = new TreeMap<>();
        Map<String, String> diffs = new LinkedHashMap<>();
        List<SourceFile> current = trees;
        for (Recipe recipe : recipes) {
            ExecutionContext ctx = new InMemoryExecutionContext(failure -> failures.add(
                    new SourceProblem("", 1, "The recipe " + recipe.getName() + " failed: " + failure.getMessage())));
            ctx.putMessage(LegacyCallSites.KEPT_FILES, kept);
            ctx.putMessage(LegacyCallSites.OTHER_CLASSES, otherClasses);
            RecipeRun run = recipe.run(new InMemoryLargeSourceSet(current), ctx, 1, 1);
            String name = recipe.getName();
            for (Object row : run.getDataTableRows(LegacyCallSites.class)) {
                rows.add(new FoundSite(name, (LegacyCallSites.Row) row));
            }
            Map<Path, SourceFile> after = new LinkedHashMap<>();
            current.forEach(tree -> after.put(tree.getSourcePath(), tree));
            for (Result result : run.getChangeset().getAllResults()) {
                SourceFile tree = result.getAfter();
                if (tree != null) {
                    after.put(tree.getSourcePath(), tree);
                    changed.put(path(tree), tree.printAll());
                    diffs.put(path(tree), result.diff());
                }
            }
            current = new ArrayList<>(after.values());
        }
        return new Outcome(rows, changed, diffs, failures);
    }

    private static String path(SourceFile tree) {
        return tree.getSourcePath().toString().replace('\\', '/');
    }
}
