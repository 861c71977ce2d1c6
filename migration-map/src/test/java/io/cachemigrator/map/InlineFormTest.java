package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("REC-2")
class InlineFormTest {
    private static final String MAP = """
            format: 1
            family: in-house
            title: Ours
            apis:
              - type: com.acme.Old
                replacement: com.acme.New
                rewrite: automatic
                recipe: io.cachemigrator.recipes.map.MigrateFromMap
                complexity: low
                effort: { min: 1m, max: 2m }
                methods:
                  - name: %s
                    inline: [%s]
            """;

    private static List<MapProblem> problems(String name, String forms) {
        return MigrationMaps.parse(MAP.formatted(name, forms), "test") instanceof MapResult.Invalid invalid
                ? invalid.problems()
                : List.of();
    }

    private static String replacement(String text) {
        return "{ parameters: ['java.lang.String key'], replacement: '" + text.replace("'", "''") + "' }";
    }

    @Test
    void parse_aForm_isReadWithItsParametersAndImports() {
        String form = "{ parameters: ['java.lang.String key', 'long[] times'],"
                + " replacement: 'this.get(key, Times.of(times))', imports: [com.acme.Times] }";

        MapResult result = MigrationMaps.parse(MAP.formatted("find", form), "test");

        assertThat(result).isInstanceOfSatisfying(MapResult.Valid.class, valid -> {
            InlineForm read =
                    valid.map().apis().get(0).methods().get(0).inline().get(0);
            assertThat(read.parameterTypes()).containsExactly("java.lang.String", "long[]");
            assertThat(read.parameterNames()).containsExactly("key", "times");
            assertThat(read.imports()).containsExactly("com.acme.Times");
            assertThat(read.keepsOrder()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this.get(key, () -> load())",
                "this.get(key == null ? other : key)",
                "this.get(key); System.exit(1)",
                "this.get(key = null)",
                "this.get(key /* \u00e4 */)",
                "this.get(Keys::of)",
                "this.get(key++)",
                "this.get(\"\\u0022)",
                "this.get(\"a\nb\")",
                "this.get(#{any()}, key)",
                "this.get(key",
                "this.get(key))(",
                "(this).get(key)",
                "key",
                "this.get(\"open)"
            })
    void parse_whatIsNoSingleCall_isReported(String text) {
        assertThat(problems(
                        "find",
                        "{ parameters: ['java.lang.String key'], replacement: "
                                + new com.fasterxml.jackson.databind.node.TextNode(text) + " }"))
                .extracting(MapProblem::path)
                .containsExactly("apis[0].methods[0].inline[0].replacement");
    }

    @Test
    void parse_aReplacementWithoutEnd_isReported() {
        assertThat(problems("find", replacement("this.get(" + "key,".repeat(200) + "key)")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("500"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "java.util.Map<String> key", "java.lang.String this", "9 key"})
    void parse_aParameterWithoutTypeOrName_isReported(String parameter) {
        assertThat(problems("find", "{ parameters: ['" + parameter + "'], replacement: 'this.get()' }"))
                .extracting(MapProblem::path)
                .containsExactly("apis[0].methods[0].inline[0].parameters");
    }

    @Test
    void parse_twoFormsForOneOverload_areReported() {
        assertThat(problems("find", replacement("this.get(key)") + ", " + replacement("this.load(key)")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("already"));
    }

    @Test
    void parse_anObjectInAConstruction_isReported() {
        assertThat(problems("<init>", replacement("this.get(key)")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no 'this'"));
    }

    @Test
    void parse_aFormForWhatAPersonRewrites_isReported() {
        String map = MAP.formatted("find", replacement("this.get(key)"))
                .replace("    inline:", "    rewrite: manual\n        reason: 'Think.'\n        inline:");

        assertThat(MigrationMaps.parse(map, "test"))
                .isInstanceOfSatisfying(
                        MapResult.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains("only for what a recipe")));
    }

    @Test
    void keepsOrder_swappedRepeatedOrDroppedOperands_isFalse() {
        assertThat(form("this.put(key, value)").keepsOrder()).isTrue();
        assertThat(form("Caches.put(key, value)").keepsOrder()).isTrue();
        assertThat(form("Caches.put(key, this.key(value))").keepsOrder()).isFalse();
        assertThat(form("this.put(value, key)").keepsOrder()).isFalse();
        assertThat(form("this.put(key, key, value)").keepsOrder()).isFalse();
        assertThat(form("this.put(key)").keepsOrder()).isFalse();
        assertThat(form("this.put(key, \"key value\", other.key, value)").keepsOrder())
                .isTrue();
    }

    private static InlineForm form(String replacement) {
        return new InlineForm(
                List.of("java.lang.String", "java.lang.Object"), List.of("key", "value"), replacement, List.of());
    }
}
