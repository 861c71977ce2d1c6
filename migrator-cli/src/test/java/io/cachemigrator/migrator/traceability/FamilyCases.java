package io.cachemigrator.migrator.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cachemigrator.migrator.architecture.OwnClasses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The page of a family's numbers, {@code docs/families/FAMILY-cases.md}: defects of the original and behaviour cases, each with
 * the tests that are tagged {@code FAMILY-NUMBER}, or with the reason why there is none. Numbers, what they are and reasons are
 * in the resource {@code FAMILY-cases.txt}: {@code number | what it is}, and a third column with the reason where no test can
 * be. A number without test and reason fails, and so does one with both.
 */
final class FamilyCases {
    /** Tags of this kind belong to such a page and to no requirement. */
    static final Pattern TAG = Pattern.compile("[a-z]+-(case-\\d+|[A-Z]+-\\d+)");

    private final String family;
    private final String title;

    /** What is named by a number, and why it has no test; the reason is empty when it has. */
    private record Case(String what, String reason) {}

    FamilyCases(String family, String title) {
        this.family = family;
        this.title = title;
    }

    /** Writes the page and fails, if it was stale. */
    void check(int numbers) throws IOException {
        Map<String, Case> cases = cases();
        assertThat(cases).hasSize(numbers);
        Map<String, TaggedTests.Tests> tests = TaggedTests.in(OwnClasses.test().all());
        Set<String> unknown = new TreeSet<>();
        tests.keySet().stream()
                .filter(tag -> tag.startsWith(family + "-") && TAG.matcher(tag).matches())
                .filter(tag -> !cases.containsKey(tag.substring(family.length() + 1)))
                .forEach(unknown::add);
        assertThat(unknown)
                .as("tags of tests whose number %s-cases.txt does not have", family)
                .isEmpty();
        Path file = OwnClasses.root().resolve("docs/families/" + family + "-cases.md");
        String expected = page(cases, tests);
        String actual = Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
        if (!actual.equals(expected)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
            fail("docs/families/" + family
                    + "-cases.md was stale, and has been written anew from the tags of the tests. Commit it.");
        }
        assertThat(problems(cases, tests))
                .as("numbers with neither test nor reason, or with both")
                .isEmpty();
    }

    private List<String> problems(Map<String, Case> cases, Map<String, TaggedTests.Tests> tests) {
        return cases.keySet().stream()
                .filter(number -> cases.get(number).reason().isEmpty() != tests.containsKey(family + "-" + number))
                .toList();
    }

    private Map<String, Case> cases() throws IOException {
        Map<String, Case> cases = new LinkedHashMap<>();
        try (InputStream in = FamilyCases.class.getResourceAsStream(family + "-cases.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] columns = line.split("\\|", -1);
                    assertThat(columns).as(line).hasSizeBetween(2, 3);
                    String reason = columns.length == 3 ? columns[2].strip() : "";
                    Case previous = cases.put(columns[0].strip(), new Case(columns[1].strip(), reason));
                    assertThat(previous).as("%s twice", columns[0]).isNull();
                }
            }
        }
        return cases;
    }

    private String page(Map<String, Case> cases, Map<String, TaggedTests.Tests> tests) {
        StringBuilder text = new StringBuilder("# " + title + "\n\n");
        text.append(
                        "Which tests prove that a defect of the original is gone, or that a case behaves as agreed, by the tags of")
                .append(" the tests: `" + family
                        + "-NUMBER`. An inherited test counts for each class that runs it.\n\n")
                .append("This page is written by a test of the build.\n\n")
                .append(
                        "| number | what it is | tests | test classes, or why there is none |\n| --- | --- | ---: | --- |\n");
        cases.forEach((number, each) -> {
            TaggedTests.Tests found = tests.get(family + "-" + number);
            String proof = found == null
                    ? each.reason()
                    : String.join(", ", found.methodsByClass().keySet());
            text.append("| ").append(number).append(" | ").append(each.what()).append(" | ");
            text.append(found == null ? 0 : found.count())
                    .append(" | ")
                    .append(proof)
                    .append(" |\n");
        });
        return text.toString();
    }
}
