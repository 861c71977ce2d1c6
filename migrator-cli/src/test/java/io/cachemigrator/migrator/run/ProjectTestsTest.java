package io.cachemigrator.migrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as a project's tests. */
@Tag("REC-1")
class ProjectTestsTest {
    private static final String ENDLESS = "exec tail -f /dev/null";

    @TempDir
    private Path folder;

    private final Cancellation cancellation = new Cancellation();

    @Test
    void baseline_aCommandThatDoesNotEnd_isStopped() {
        TestCommand endless = new TestCommand(ENDLESS, Duration.ofMillis(1));

        assertThatThrownBy(() -> tests().baseline("run-1", endless))
                .isInstanceOfSatisfying(
                        MigratorException.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.TESTS_UNUSABLE))
                .hasMessageContaining("did not end");
    }

    @Test
    void baseline_whenAskedToStop_stops() {
        cancellation.request();

        assertThatThrownBy(() -> tests().baseline("run-1", new TestCommand(ENDLESS, Duration.ofHours(1))))
                .isInstanceOfSatisfying(
                        MigratorException.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.INTERRUPTED));
    }

    @Test
    void outcome_asText_isReadBack() {
        TestOutcome outcome = new TestOutcome(3, Set.of("a.b with words", "c"), Set.of("d"));

        assertThat(TestOutcome.of(outcome.text())).isEqualTo(outcome);
    }

    @Test
    void outcome_worse_isWhatPassedBeforeAndWhatFailsNewly() {
        TestOutcome before = new TestOutcome(1, Set.of("passes", "vanishes"), Set.of("fails"));

        assertThat(new TestOutcome(1, Set.of("passes", "vanishes", "new"), Set.of("fails")).worseThan(before))
                .isEmpty();
        assertThat(new TestOutcome(1, Set.of("passes"), Set.of("fails", "new")).worseThan(before))
                .containsExactly("vanishes", "new");
        assertThat(new TestOutcome(0, Set.of("passes", "vanishes"), Set.of()).worseThan(before))
                .isEmpty();
    }

    private ProjectTests tests() {
        return new ProjectTests(folder, folder.resolve("verify"), cancellation, Progress.NONE);
    }
}
