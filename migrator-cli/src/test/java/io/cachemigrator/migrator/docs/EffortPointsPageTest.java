package io.cachemigrator.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.check.EffortRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of effort points says what the code does. */
@Tag("CLI-3")
class EffortPointsPageTest {
    @Test
    void page_rules_areThoseOfTheCode() throws IOException {
        List<String> rows = Files.readString(RepositoryRoot.find().resolve("docs/effort-points.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(EffortRule.values())
                        .map(rule -> "| `" + rule.rule() + "` | " + rule.points() + " | " + rule.when() + " |")
                        .toList());
    }

    @Test
    void rules_onlyGivePointsOfTheScale() {
        assertThat(EffortRule.values())
                .extracting(EffortRule::points)
                .isSubsetOf(0, 1, 3, 5, 7, 13)
                .contains(0, 1, 3, 5, 7, 13);
    }
}
