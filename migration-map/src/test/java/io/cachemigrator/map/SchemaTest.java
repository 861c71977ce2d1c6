package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema for editors and the validator are written apart, so each is asked what it allows. */
@Tag("CLI-2")
class SchemaTest {
    private static final String HEAD = "format: 1\nfamily: shop\ntitle: The shop\n";

    private final JsonNode schema = read();

    /** A YAML document in which {@code %s} is one object, the path of that object, and its schema. */
    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("%s", "", ""),
                Arguments.of("parameters: [%s]", "parameters[0]", "/$defs/parameter"),
                Arguments.of("apis: [%s]", "apis[0]", "/$defs/api"),
                Arguments.of("apis: [{ effort: %s }]", "apis[0].effort", "/$defs/effort"),
                Arguments.of("apis: [{ methods: [%s] }]", "apis[0].methods[0]", "/$defs/method"),
                Arguments.of(
                        "apis: [{ methods: [{ inline: [%s] }] }]", "apis[0].methods[0].inline[0]", "/$defs/inline"),
                Arguments.of("keySpaces: [%s]", "keySpaces[0]", "/$defs/keySpace"),
                Arguments.of("keySpaces: [{ strategy: copy, target: %s }]", "keySpaces[0].target", "/$defs/target"),
                Arguments.of("exclusions: [%s]", "exclusions[0]", "/$defs/exclusion"),
                Arguments.of("configuration: [%s]", "configuration[0]", "/$defs/configurationKey"));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void schema_eachObject_hasTheFieldsOfTheValidator(String document, String path, String pointer) {
        String probe = document.formatted("{ no-such-field: 1 }");
        MapProblem problem = problems(probe).stream()
                .filter(found -> found.path().equals(join(path, "no-such-field")))
                .findFirst()
                .orElseThrow();

        assertThat(names(schema.at(pointer).get("properties").fieldNames()))
                .containsExactlyInAnyOrderElementsOf(problem.allowed());
        assertThat(schema.at(pointer).get("additionalProperties").booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void schema_eachObject_requiresWhatTheValidatorRequires(String document, String path, String pointer) {
        List<String> required = problems(document.formatted("{}")).stream()
                .filter(problem -> problem.message().contains("' is missing."))
                .map(MapProblem::path)
                .filter(found -> found.startsWith(path.isEmpty() ? "" : path + "."))
                .map(found -> path.isEmpty() ? found : found.substring(path.length() + 1))
                .filter(found -> !found.contains("."))
                .toList();
        List<String> inSchema = new ArrayList<>();
        schema.at(pointer).get("required").forEach(name -> inSchema.add(name.textValue()));

        // a target without a transform asks for region and id, which the schema says where the transform is known
        List<String> expected = path.endsWith("target") ? List.of("region", "id") : inSchema;
        assertThat(required).containsExactlyInAnyOrderElementsOf(expected);
    }

    static Stream<Arguments> enums() {
        return Stream.of(
                Arguments.of("apis: [{ usage: %s }]", "/$defs/api/properties/usage"),
                Arguments.of("apis: [{ rewrite: %s }]", "/$defs/api/properties/rewrite"),
                Arguments.of("apis: [{ complexity: %s }]", "/$defs/api/properties/complexity"),
                Arguments.of("apis: [{ methods: [{ rewrite: %s }] }]", "/$defs/method/properties/rewrite"),
                Arguments.of("apis: [{ methods: [{ complexity: %s }] }]", "/$defs/method/properties/complexity"),
                Arguments.of("keySpaces: [{ redisTypes: [%s] }]", "/$defs/keySpace/properties/redisTypes/items"),
                Arguments.of("keySpaces: [{ encodings: [%s] }]", "/$defs/keySpace/properties/encodings/items"),
                Arguments.of("keySpaces: [{ strategy: %s }]", "/$defs/keySpace/properties/strategy"),
                Arguments.of("keySpaces: [{ transform: %s }]", "/$defs/keySpace/properties/transform"),
                Arguments.of("configuration: [{ action: %s }]", "/$defs/configurationKey/properties/action"),
                Arguments.of("configuration: [{ conversion: %s }]", "/$defs/configurationKey/properties/conversion"));
    }

    @ParameterizedTest
    @MethodSource("enums")
    void schema_eachEnum_hasTheValuesOfTheValidator(String document, String pointer) {
        MapProblem problem = problems(document.formatted("no-such-value")).stream()
                .filter(found -> found.message().startsWith("'no-such-value'"))
                .findFirst()
                .orElseThrow();

        List<String> inSchema = new ArrayList<>();
        schema.at(pointer).get("enum").forEach(value -> inSchema.add(value.textValue()));
        assertThat(inSchema).containsExactlyInAnyOrderElementsOf(problem.allowed());
    }

    @Test
    void schema_everyEnumInIt_isCompared() throws JsonProcessingException {
        long inSchema = schema.findValues("enum").stream()
                .filter(node -> !node.toString().equals("[\"recompute\",\"drop\"]")
                        && !node.toString().equals("[\"fold-key\",\"merge-counter\"]"))
                .count();

        assertThat(inSchema).isEqualTo(enums().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ehcache2",
                "factory",
                "guava",
                "hand-rolled",
                "jcache",
                "jedis",
                "services",
                "spring-cache",
                "spymemcached"
            })
    void schema_theBuiltInMaps_fit(String family) {
        assertThat(faults(MigrationMaps.builtInText(family))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: 2h, strategy: copy }]",
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: 2, strategy: drop }]",
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: none, strategy: drop, target: { region: a, id: a } }]",
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: none, strategy: transform, transform: fold-key,"
                        + " target: { region: a, id: '{id}' } }]",
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: none, strategy: copy,"
                        + " target: { region: a, id: '{id}', legacyKey: '{id}' } }]",
                "keySpaces: [{ name: a, pattern: 'a:{id}', ttl: none, strategy: copy, target: { region: a } }]",
                "configuration: [{ key: A, action: rename }]",
                "configuration: [{ key: A, action: keep, value: b }]",
                "apis: [{ type: A, replacement: B, rewrite: manual, complexity: low, effort: { min: 1m, max: 2m } }]",
                "apis: [{ type: A.**, replacement: B, rewrite: automatic, complexity: low, effort: { min: 1m, max: 2m } }]",
                "apis: [{ type: A, usage: get-or-compute, replacement: B, rewrite: automatic, complexity: low,"
                        + " effort: { min: 1m, max: 2m } }]",
                "parameters: [{ name: a }]"
            })
    void schema_aFaultyDocument_isRefusedByBoth(String document) {
        assertThat(faults(HEAD + document)).as("schema").isNotEmpty();
        assertThat(problems(document)).as("validator").isNotEmpty();
    }

    private static List<String> faults(String yaml) {
        JsonNode document =
                new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(MigrationMaps.schema())
                .validate(document)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static List<MapProblem> problems(String document) {
        boolean whole = document.startsWith("{");
        MapResult result = MigrationMaps.parse(whole ? document : HEAD + document + "\n", "probe");
        return result instanceof MapResult.Invalid invalid ? invalid.problems() : List.of();
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static List<String> names(Iterator<String> names) {
        List<String> list = new ArrayList<>();
        names.forEachRemaining(list::add);
        return list;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(MigrationMaps.schema());
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(damaged);
        }
    }
}
