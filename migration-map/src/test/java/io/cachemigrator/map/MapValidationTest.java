package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CLI-2")
class MapValidationTest {
    private static final String HEAD = "format: 1\nfamily: shop\ntitle: The shop\n";
    private static final String SPACE = """
            keySpaces:
              - name: carts
                pattern: "shop:cart:{id}"
                ttl: 2h
                strategy: copy
                target: { region: carts, id: "{id}" }
            """;

    @TempDir
    Path folder;

    @Test
    void parse_aSmallMap_fillsInTheDefaults() {
        MapResult result = MigrationMaps.parse(HEAD + SPACE, "shop");

        assertThat(result).isInstanceOfSatisfying(MapResult.Valid.class, valid -> {
            KeySpace carts = valid.map().keySpaces().get(0);
            assertThat(carts.redisTypes()).containsExactly(RedisType.STRING);
            assertThat(carts.encodings()).hasSize(4);
            assertThat(carts.ttl().duration()).contains(Duration.ofHours(2));
        });
    }

    @Test
    void parse_severalFaults_reportsAllWithLineColumnPathAndSuggestion() {
        List<MapProblem> problems = problems("""
                format: 1
                family: shop
                titel: The shop
                keySpaces:
                  - name: carts
                    pattern: "shop:cart:{id}"
                    ttl: 7200
                    strategy: Coppy
                    target: { region: carts, id: "{id}" }
                  - name: carts
                    pattern: "shop:cart:{other}"
                    ttl: none
                    strategy: transform
                    redisTypes: [strng, hash]
                    target: { region: Carts, id: "x" }
                configuration:
                  - { key: A, action: rename, secret: perhaps }
                """);

        assertThat(problems)
                .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.path())
                .containsExactly(
                        "1:1 title",
                        "3:1 titel",
                        "7:10 keySpaces[0].ttl",
                        "8:15 keySpaces[0].strategy",
                        "10:5 keySpaces[1].transform",
                        "10:11 keySpaces[1].name",
                        "11:14 keySpaces[1].pattern",
                        "14:18 keySpaces[1].redisTypes[0]",
                        "15:23 keySpaces[1].target.region",
                        "15:34 keySpaces[1].target.id",
                        "17:5 configuration[0].replacement",
                        "17:39 configuration[0].secret");
        assertThat(problems.get(3).toString())
                .isEqualTo("line 8, column 15, keySpaces[0].strategy: 'Coppy' is not allowed here."
                        + " Allowed: copy, transform, recompute, drop. Did you mean 'copy'?");
        assertThat(problems.get(1).suggestion()).isEqualTo("title");
        assertThat(problems.get(7).suggestion()).isEqualTo("string");
    }

    @Test
    void parse_fieldsThatContradict_isReported() {
        assertThat(problems(HEAD + """
                        keySpaces:
                          - name: old
                            pattern: "old:{id}"
                            ttl: none
                            strategy: drop
                            transform: fold-key
                            target: { region: a, id: "{id}" }
                          - name: twice
                            pattern: "twice:{id}"
                            ttl: none
                            strategy: transform
                            transform: fold-key
                            target: { region: a }
                        apis:
                          - type: a.B
                            replacement: a.C
                            rewrite: manual
                            complexity: low
                            effort: { min: 2h, max: 1h }
                            methods: [{ name: get, rewrite: automatic, reason: none }]
                        configuration:
                          - { key: A, action: keep, replacement: B, value: c }
                        """))
                .extracting(MapProblem::path)
                .containsExactlyInAnyOrder(
                        "keySpaces[0].transform",
                        "keySpaces[0].target",
                        "keySpaces[1].target.region",
                        "keySpaces[1].target.legacyKey",
                        "apis[0].reason",
                        "apis[0].effort.max",
                        "apis[0].methods[0].reason",
                        "configuration[0].replacement",
                        "configuration[0].value");
    }

    @Test
    void parse_anIdWithoutTheTail_isReportedBecauseKeysWouldCollide() {
        assertThat(problems(HEAD + SPACE.replace("\"{id}\"", "\"{nobody}\"")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("'{tail}' or '{id}' exactly once"));
    }

    @Test
    void parse_aPatternWithoutLiteralText_isReported() {
        assertThat(problems(HEAD + SPACE.replace("shop:cart:{id}", "{id}"))).hasSize(1);
        assertThat(problems(HEAD + SPACE.replace("shop:cart:{id}", "shop:{id}:{other}")))
                .hasSize(1);
        assertThat(problems(HEAD + SPACE.replace("shop:cart:{id}", "shop:{id"))).hasSize(1);
    }

    @Test
    void parse_anOpenKeySpace_mustSayThatItIs() {
        assertThat(problems(HEAD + SPACE.replace("shop:cart:{id}", "{id}")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("it needs 'open: true' then"));
        assertThat(problems(HEAD + SPACE.replace("shop:cart:{id}", "{id}") + "    open: true\n"))
                .isEmpty();
        assertThat(problems(HEAD + SPACE + "    open: true\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("keySpaces[0].open"));
        assertThat(problems(HEAD + SPACE + "exclusions:\n  - { pattern: \"{all}\", reason: r }\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("exclusions[0].pattern"));
    }

    @Test
    void parse_tagsOfATarget_nameVariablesOfThePattern() {
        assertThat(problems(HEAD + SPACE.replace("id: \"{id}\"", "id: \"{id}\", tags: [\"cart:{id}\", all]")))
                .isEmpty();
        assertThat(problems(HEAD + SPACE.replace("id: \"{id}\"", "id: \"{id}\", tags: [\"cart:{nobody}\"]")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("keySpaces[0].target.tags[0]"));
    }

    @Test
    void parse_patternsThatTheirFormTellsApart_mayShareTheirPrefix() {
        String hashed =
                SPACE.replace("shop:cart:{id}", "shop:cart:{id}|{digest:hex16}").replace("\"{id}\"", "\"{tail}\"");
        String second = SPACE.substring(SPACE.indexOf("  - name")).replace("name: ", "name: other-");

        assertThat(problems(HEAD + hashed + second)).isEmpty();
        assertThat(problems(HEAD
                        + hashed
                        + hashed.substring(hashed.indexOf("  - name")).replace("name: ", "name: x-")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("claims the same keys"));
    }

    @Test
    void parse_whatIsNoYaml_isOneProblemWithItsPosition() {
        assertThat(problems("format: 1\nfamily: [a\n")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).startsWith("This is not YAML");
        });
        assertThat(problems("")).hasSize(1);
        assertThat(problems("- a\n- b\n")).isNotEmpty();
        assertThat(problems("format: 1\n---\nformat: 1\n")).hasSize(1);
    }

    @Test
    void parse_aTagThatNamesAClass_createsNothingAndIsReported() {
        for (String tagged : List.of("!!javax.script.ScriptEngineManager [x]", "!!java.io.File /etc/passwd")) {
            assertThat(problems(HEAD.replace("The shop", tagged) + SPACE))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .startsWith("line 3, column 8: This is not YAML: Global tag is not allowed"));
        }
    }

    @Test
    void parse_nestedAliases_endsQuickly() {
        StringBuilder bomb = new StringBuilder(HEAD).append("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(problems(bomb.toString())).isNotEmpty();
        assertThat(problems("a: " + "[".repeat(10_000))).hasSize(1);
    }

    @Test
    void parse_aNodeThatHoldsItself_endsQuickly() {
        assertThat(problems(HEAD + "keySpaces: &me [ *me ]\n")).isNotEmpty();
        assertThat(problems("&me\nformat: *me\n? *me\n: 1\n")).isNotEmpty();
    }

    @Test
    void load_aFile_readsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yml"), HEAD + SPACE);

        assertThat(MigrationMaps.load(file)).isInstanceOf(MapResult.Valid.class);
        assertThat(MigrationMaps.validate(file)).isEmpty();
    }

    @Test
    void load_whatCannotBeRead_saysWhyAndWhatToDo() throws IOException {
        Path missing = folder.resolve("missing.yml");
        Path latin1 = Files.write(folder.resolve("latin1.yml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        Path huge = Files.write(folder.resolve("huge.yml"), new byte[MigrationMaps.MAX_BYTES + 1]);

        assertThat(MigrationMaps.load(missing).toString()).contains("there is no such file. Check the path.");
        assertThat(MigrationMaps.load(latin1).toString()).contains("it is not UTF-8. Save it as UTF-8.");
        assertThat(MigrationMaps.load(huge).toString()).contains("longer than 1048576 bytes.");
        assertThat(MigrationMaps.load(folder)).isInstanceOf(MapResult.Unreadable.class);
        assertThat(MigrationMaps.validate(missing)).hasSize(1);
    }

    private static List<MapProblem> problems(String text) {
        return MigrationMaps.parse(text, "test") instanceof MapResult.Invalid invalid ? invalid.problems() : List.of();
    }
}
