package io.cachemigrator.migrator.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cachemigrator.migrator.architecture.OwnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/traceability.md} from the tags of all tests, and fails when it was stale. */
class TraceabilityTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]{3}-\\d+) \\| (.+) \\|$", Pattern.MULTILINE);

    /** Tags that choose tests and name no requirement. */
    private static final Set<String> SELECTORS = Set.of("bench", "isolated", "plugins");

    private final Path docs = OwnClasses.root().resolve("docs");

    private Map<String, String> requirements() throws IOException {
        Map<String, String> titles = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(Files.readString(docs.resolve("requirements.md")));
        while (rows.find()) {
            assertThat(titles.put(rows.group(1), rows.group(2)))
                    .as(rows.group(1))
                    .isNull();
        }
        return titles;
    }

    @Test
    void traceability_isUpToDate() throws IOException {
        Map<String, String> titles = requirements();
        Map<String, TaggedTests.Tests> tests = TaggedTests.in(OwnClasses.test().all());
        assertThat(titles).hasSize(55);
        Set<String> unknown = new TreeSet<>(tests.keySet());
        unknown.removeIf(tag -> tag.matches("factory-(DEF|case)-[0-9]+")); // numbers of the family, not of requirements
        unknown.removeAll(titles.keySet());
        unknown.removeAll(SELECTORS);
        unknown.removeIf(tag -> FamilyCases.TAG.matcher(tag).matches());
        assertThat(unknown)
                .as("tags of tests that docs/requirements.md does not have; correct the tag or add the requirement")
                .isEmpty();

        Path file = docs.resolve("traceability.md");
        String expected = document(titles, tests);
        String actual = Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
        if (!actual.equals(expected)) {
            Files.writeString(file, expected);
            fail("docs/traceability.md was stale, and has been written anew from the tags of the tests. Commit it.");
        }
    }

    @Test
    void tags_ofEveryKind_areFound() {
        Map<String, TaggedTests.Tests> tests = TaggedTests.in(OwnClasses.test().all());

        assertThat(tests.get("SVC-7").methodsByClass())
                .as("inherited from an interface of the contract class")
                .containsKeys("MemoryContractTest", "DiskContractTest", "RedisContractTest");
        assertThat(tests.get("SVC-3").methodsByClass())
                .as("repeated on a class")
                .containsKey("MemoryContractTest");
        assertThat(tests.get("SVC-8").methodsByClass()).as("of jqwik").containsKey("EnvelopePropertyTest");
        assertThat(tests.get("VAL-1").methodsByClass().get("BrokenCacheTest"))
                .as("without the broken caches, which are nested and not run by themselves")
                .hasSize(3);
    }

    private static String document(Map<String, String> titles, Map<String, TaggedTests.Tests> tests) {
        StringBuilder text = new StringBuilder("# Traceability\n\n");
        text.append(
                        "Which tests prove which [requirement](requirements.md), by the tags of the tests. An inherited test")
                .append(
                        " counts for each class that runs it. A requirement with tests is begun, not done: tests prove parts of it.\n\nThis page is written by a test of the build.\n\n");
        text.append("| id | requirement | tests | test classes |\n| --- | --- | ---: | --- |\n");
        titles.forEach((id, title) -> {
            if (tests.containsKey(id)) {
                text.append("| %s | %s | %d | %s |%n"
                        .formatted(id, title, tests.get(id).count(), classes(tests.get(id), tests.get("bench")))
                        .replace("\r\n", "\n"));
            }
        });
        List<String> without =
                titles.keySet().stream().filter(id -> !tests.containsKey(id)).toList();
        text.append("\n## Without a test\n\n");
        text.append(without.isEmpty() ? "None.\n" : "");
        without.forEach(id ->
                text.append("- ").append(id).append(": ").append(titles.get(id)).append('\n'));
        return text.toString();
    }

    private static String classes(TaggedTests.Tests tests, TaggedTests.Tests benchmarks) {
        return tests.methodsByClass().keySet().stream()
                .map(name -> benchmarks != null && benchmarks.methodsByClass().containsKey(name)
                        ? name + " (profile `bench`)"
                        : name)
                .collect(Collectors.joining(", "));
    }
}
