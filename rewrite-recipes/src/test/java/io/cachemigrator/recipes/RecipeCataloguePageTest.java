package io.cachemigrator.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cachemigrator.recipes.services.Refusal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.config.Environment;
import org.openrewrite.config.OptionDescriptor;
import org.openrewrite.config.RecipeDescriptor;

/**
 * Writes {@code docs/recipes.md} from the recipes and from their tests that are marked {@code @DocumentExample}, and fails
 * when it was stale. The last two text blocks of such a test are the sources before and after; the recipe is the first
 * that the test's file names.
 */
@Tag("REC-1")
@Tag("REC-2")
class RecipeCataloguePageTest {
    private static final String OURS = "io.cachemigrator.";
    private static final Path PAGE = Path.of("..", "docs", "recipes.md");
    private static final Pattern EXAMPLE = Pattern.compile("@DocumentExample(.*?)\\R    }\\R", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("\"\"\"\\R(.*?)\"\"\"", Pattern.DOTALL);

    private static final String COMMON = """
            | `NO_COUNTERPART` | nothing replaces the API; the reason says what to do instead |
            | `SHARED_WITH_REFUSED` | another place that shares the value stays; the reason names it |
            | `DOES_NOT_COMPILE` | `migrator` kept the file, because the compiler refused its new text |
            """;

    @Test
    void page_isThatOfTheRecipes() throws IOException {
        List<RecipeDescriptor> recipes =
                Environment.builder().scanRuntimeClasspath().build().listRecipeDescriptors().stream()
                        .filter(recipe -> recipe.getName().startsWith(OURS))
                        .sorted(Comparator.comparing(RecipeDescriptor::getName))
                        .toList();
        assertThat(recipes)
                .extracting(RecipeDescriptor::getName)
                .contains(
                        "io.cachemigrator.recipes.MigrateLegacyCaches", "io.cachemigrator.recipes.map.MigrateFromMap");
        String expected = document(recipes, examples(recipes));
        String actual = Files.exists(PAGE) ? Files.readString(PAGE).replace("\r\n", "\n") : "";
        if (!actual.equals(expected)) {
            Files.writeString(PAGE, expected);
            fail("docs/recipes.md was stale, and has been written anew from the recipes. Commit it.");
        }
    }

    @Test
    void examples_areFoundForEachFamilyOfTheFirstRelease() throws IOException {
        List<RecipeDescriptor> recipes =
                Environment.builder().scanRuntimeClasspath().build().listRecipeDescriptors().stream()
                        .filter(recipe -> recipe.getName().startsWith(OURS))
                        .toList();

        assertThat(examples(recipes).keySet())
                .contains(
                        "io.cachemigrator.recipes.factory.MigrateFactory",
                        "io.cachemigrator.recipes.guava.MigrateGuavaCaches",
                        "io.cachemigrator.recipes.map.MigrateFromMap",
                        "io.cachemigrator.recipes.services.MigrateServices",
                        "io.cachemigrator.recipes.shim.InlineShim");
    }

    /** Sources before and after, by recipe. */
    private static Map<String, List<String>> examples(List<RecipeDescriptor> recipes) throws IOException {
        Map<String, List<String>> examples = new TreeMap<>();
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            for (Path test : tests.filter(file -> file.toString().endsWith("Test.java"))
                    .sorted()
                    .toList()) {
                String source = Files.readString(test).replace("\r\n", "\n");
                Matcher example = EXAMPLE.matcher(source);
                if (!test.endsWith("RecipeCataloguePageTest.java") && example.find()) {
                    examples.putIfAbsent(recipe(source, recipes), blocks(example.group(1)));
                }
            }
        }
        return examples;
    }

    private static String recipe(String source, List<RecipeDescriptor> recipes) {
        String name = null;
        int first = Integer.MAX_VALUE;
        for (RecipeDescriptor recipe : recipes) {
            String full = recipe.getName();
            int made = source.indexOf("new " + full.substring(full.lastIndexOf('.') + 1) + "(");
            int named = source.indexOf('"' + full + '"');
            int at = made < 0 ? named : made;
            if (at >= 0 && at < first) {
                first = at;
                name = full;
            }
        }
        assertThat(name).as("a recipe that the test of an example names").isNotNull();
        return String.valueOf(name);
    }

    private static List<String> blocks(String method) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(method);
        while (matcher.find()) {
            blocks.add(matcher.group(1).stripIndent().strip());
        }
        assertThat(blocks).as("text blocks before and after in an example").hasSizeGreaterThanOrEqualTo(2);
        return blocks.subList(blocks.size() - 2, blocks.size());
    }

    private static String document(List<RecipeDescriptor> recipes, Map<String, List<String>> examples)
            throws IOException {
        StringBuilder text = new StringBuilder("# Recipes\n\n");
        text.append(
                "Recipes for [OpenRewrite](openrewrite-plugins.md) that `migrator` runs too. A test of the build writes this page.\n\n");
        text.append("| recipe | does |\n| --- | --- |\n");
        for (RecipeDescriptor recipe : recipes) {
            text.append("| [`")
                    .append(simple(recipe))
                    .append("`](#")
                    .append(simple(recipe).toLowerCase(Locale.ROOT));
            text.append(") | ").append(recipe.getDisplayName()).append(" |\n");
        }
        for (RecipeDescriptor recipe : recipes) {
            recipe(text, recipe, examples.getOrDefault(recipe.getName(), List.of()));
        }
        reasons(text);
        return text.toString();
    }

    private static void recipe(StringBuilder text, RecipeDescriptor recipe, List<String> example) {
        text.append("\n## ")
                .append(simple(recipe))
                .append("\n\n`")
                .append(recipe.getName())
                .append("`\n\n");
        text.append(recipe.getDescription()).append('\n');
        List<OptionDescriptor> options = recipe.getOptions();
        if (!options.isEmpty()) {
            text.append("\n| option | type | needed | what it is |\n| --- | --- | --- | --- |\n");
            options.forEach(option -> text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            option.getName(),
                            option.getType(),
                            option.isRequired() ? "yes" : "no",
                            option.getDescription())));
        }
        recipe.getDataTables().stream()
                .filter(table -> table.getName().startsWith(OURS))
                .forEach(table -> text.append("\nData table `%s`: %s Columns: %s.\n"
                        .formatted(
                                table.getName(),
                                table.getDescription(),
                                table.getColumns().stream()
                                        .map(column -> "`" + column.getName() + "`")
                                        .collect(Collectors.joining(", ")))));
        List<String> ours = recipe.getRecipeList().stream()
                .map(RecipeDescriptor::getName)
                .filter(name -> name.startsWith(OURS))
                .toList();
        if (!ours.isEmpty()) {
            text.append("\nRuns ")
                    .append(ours.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
            text.append(".\n");
        }
        if (!example.isEmpty()) {
            text.append("\nBefore:\n\n```java\n").append(example.get(0)).append("\n```\n");
            text.append("\nAfter:\n\n```java\n").append(example.get(1)).append("\n```\n");
        }
    }

    private static String simple(RecipeDescriptor recipe) {
        return recipe.getName().substring(recipe.getName().lastIndexOf('.') + 1);
    }

    private static void reasons(StringBuilder text) throws IOException {
        text.append("\n## Reason codes\n\nWhy a use stays, or is adapted. Of every family:\n\n");
        text.append("| code | meaning |\n| --- | --- |\n").append(COMMON);
        refusals().forEach((family, codes) -> {
            text.append("\nOf `").append(family).append("`:\n\n| code | meaning |\n| --- | --- |\n");
            codes.forEach(refusal -> text.append("| `%s` | %s |\n".formatted(refusal.code(), refusal.reason())));
        });
    }

    /** Refusals by package. */
    private static Map<String, Set<Refusal>> refusals() throws IOException {
        Map<String, Set<Refusal>> refusals = new TreeMap<>();
        try (Stream<Path> classes = Files.walk(classes())) {
            for (Path file : classes.filter(it -> it.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = classes()
                        .relativize(file)
                        .toString()
                        .replaceAll("[/\\\\]", ".")
                        .replaceAll("\\.class$", "");
                if (!name.endsWith("package-info")) {
                    add(Class.forName(name), refusals);
                }
            }
            return refusals;
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void add(Class<?> type, Map<String, Set<Refusal>> into) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == Refusal.class) {
                field.setAccessible(true);
                Refusal refusal = (Refusal) field.get(null);
                String family =
                        type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
                into.computeIfAbsent(
                                family,
                                key -> new TreeSet<>(
                                        Comparator.comparing(Refusal::code).thenComparing(Refusal::reason)))
                        .add(refusal);
            }
        }
    }

    private static Path classes() {
        try {
            return Path.of(Refusal.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
