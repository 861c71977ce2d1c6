package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CLI-2")
class NearestTest {
    private static final List<String> COMMANDS =
            List.of("check", "dry-run", "migrate", "rollback", "status", "validate");

    @ParameterizedTest
    @CsvSource({
        "migrat, migrate",
        "migarte, migrate",
        "chek, check",
        "chekc, check",
        "stat, status",
        "rollbak, rollback",
        "dryrun, dry-run",
        "x, ''",
        "something-else, ''",
        "'', ''"
    })
    void to_typedWord_isTheNearestOrNothing(String typed, String near) {
        assertThat(Nearest.to(typed, COMMANDS).orElse("")).isEqualTo(near);
    }
}
