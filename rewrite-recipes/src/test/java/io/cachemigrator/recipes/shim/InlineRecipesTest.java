package io.cachemigrator.recipes.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.shim.InlineAnnotations.Inlined;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrewrite.DocumentExample;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

/** Writes the recipes that inline the shim's methods from their annotations, fails when they were stale, and runs them. */
@Tag("REC-2")
class InlineRecipesTest implements RewriteTest {
    private static final String NAME = "io.cachemigrator.recipes.shim.InlineShim";
    private static final Path FILE = Path.of("src/main/resources/META-INF/rewrite/inline-shim.yml");
    private static final Path SHIM = Path.of("..", "compat-shim", "src", "main", "java");

    @TempDir
    private Path folder;

    private static String classpath() {
        return JavaParser.runtimeClasspath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static List<Inlined> annotated() {
        return InlineAnnotations.of(SHIM, classpath());
    }

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(recipe())
                .parser(JavaParser.fromJavaVersion()
                        .classpath(JavaParser.runtimeClasspath().stream()
                                .filter(
                                        path -> path.toString()
                                                .matches(
                                                        ".*[/\\\\](jspecify-[^/\\\\]*\\.jar|(cache-service|compat-shim)[/\\\\-].*)"))
                                .toList())
                        .logCompilationWarningsAndErrors(false))
                // the replacement's own types are not known to OpenRewrite's recipe; the compiler judges the result
                .typeValidationOptions(TypeValidation.none());
    }

    private static Recipe recipe() {
        return Environment.builder().scanRuntimeClasspath().build().activateRecipes(NAME);
    }

    @Test
    void recipes_areThoseOfTheAnnotations() throws IOException {
        List<Inlined> annotated = annotated();
        assertThat(annotated).as("annotations in the sources").hasSize(written());
        String expected = document(annotated);
        String actual = Files.exists(FILE) ? Files.readString(FILE).replace("\r\n", "\n") : "";
        if (!actual.equals(expected)) {
            Files.writeString(FILE, expected);
            fail(FILE + " was stale, and has been written anew from the annotations of the shim. Commit it.");
        }
        assertThat(recipe().validate().isValid()).isTrue();
    }

    private static int written() throws IOException {
        int count = 0;
        try (Stream<Path> sources = Files.walk(SHIM)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                count += (int) Files.readString(source)
                        .lines()
                        .filter(line -> line.strip().startsWith("@InlineMe("))
                        .count();
            }
        }
        return count;
    }

    private static String document(List<Inlined> annotated) {
        StringBuilder text =
                new StringBuilder("# Written by a test from the @InlineMe annotations of the shim.\n---\n");
        text.append("type: specs.openrewrite.org/v1beta/recipe\nname: ")
                .append(NAME)
                .append('\n');
        text.append("displayName: Inline the methods of the shim\n");
        text.append(
                        "description: >-\n  Writes in place of each call of a shim's method what the method does over its accessor,")
                .append(
                        " and keeps the legacy types of fields and parameters.\n  For code that cannot give them up yet.\n");
        text.append("recipeList:\n");
        for (Inlined method : annotated) {
            text.append("  - org.openrewrite.java.InlineMethodCalls:\n");
            text.append("      methodPattern: '").append(method.pattern()).append("'\n");
            text.append("      replacement: '")
                    .append(method.replacement().replace("'", "''"))
                    .append("'\n");
            list(text, "imports", method.imports());
            list(text, "staticImports", method.staticImports());
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append("      ")
                    .append(name)
                    .append(": [")
                    .append(String.join(", ", values))
                    .append("]\n");
        }
    }

    @DocumentExample
    @Test
    void inline_callsOfTheShim_goOverItsAccessor() {
        String before = """
                package shop;

                import io.cachemigrator.compat.services.RedisCacheService;
                import java.time.Duration;

                class Shop {
                    private final RedisCacheService redis;

                    Shop(RedisCacheService redis) {
                        this.redis = redis;
                    }

                    String name(String id) {
                        redis.set(id, "n", Duration.ofSeconds(5));
                        return redis.exists(id) ? redis.get(id, String.class) : null;
                    }

                    long empty() {
                        return redis.clearNamespace().removed();
                    }
                }
                """;
        String after = """
                package shop;

                import io.cachemigrator.compat.services.RedisCacheService;
                import java.time.Duration;

                class Shop {
                    private final RedisCacheService redis;

                    Shop(RedisCacheService redis) {
                        this.redis = redis;
                    }

                    String name(String id) {
                        redis.keyed().set(id, "n", Duration.ofSeconds(5));
                        return redis.keyed().exists(id) ? redis.keyed().get(id, String.class) : null;
                    }

                    long empty() {
                        return redis.keyed().clear().removed();
                    }
                }
                """;
        rewriteRun(java(before, after));
        compile(after);
    }

    @Test
    void inline_everyMethod_givesCodeThatCompiles() {
        StringBuilder text = new StringBuilder("package shop;\n\nclass Every {\n");
        int[] number = {0};
        for (Inlined method : annotated()) {
            String signature = method.pattern().substring(method.type().length() + 1);
            String name = signature.substring(0, signature.indexOf('('));
            String list = signature.substring(signature.indexOf('(') + 1, signature.length() - 1);
            List<String> types = list.isEmpty() ? List.of() : List.of(list.split(", "));
            StringBuilder parameters = new StringBuilder(method.type() + " it");
            StringBuilder arguments = new StringBuilder();
            for (int i = 0; i < types.size(); i++) {
                parameters.append(", ").append(types.get(i)).append(" a").append(i);
                arguments.append(i == 0 ? "" : ", ").append("a").append(i);
            }
            text.append("    @SuppressWarnings({\"unchecked\", \"rawtypes\", \"removal\"})\n    void m")
                    .append(number[0]++)
                    .append("(")
                    .append(parameters)
                    .append(") throws Exception {\n        it.")
                    .append(name)
                    .append("(")
                    .append(arguments)
                    .append(");\n    }\n\n");
        }
        String before = text.append("}\n").toString();
        compile(before);
        rewriteRun(java(
                before,
                spec -> spec.after(after -> {
                    compile(after);
                    assertThat(after.lines().filter(line -> line.contains(" it.")))
                            .as("every call is replaced")
                            .hasSize(number[0])
                            .doesNotContainAnyElementsOf(before.lines()
                                    .filter(line -> line.contains(" it."))
                                    .toList());
                    return after;
                })));
    }

    private void compile(String source) {
        String type = source.contains("class Every") ? "Every" : "Shop";
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///shop/" + type + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        diagnostics,
                        List.of("-proc:none", "-classpath", classpath(), "-d", folder.toString()),
                        null,
                        List.of(file))
                .call();
        assertThat(diagnostics.getDiagnostics().stream().filter(it -> it.getKind() == Diagnostic.Kind.ERROR))
                .as(source)
                .isEmpty();
    }
}
