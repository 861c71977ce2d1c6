package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SHM-3")
@Tag("CLI-12")
class StageSourcesTest {
    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void fromEnvironment_nothingSet_isLegacy() {
        assertThat(source(Map.of()).current()).isEqualTo(new Stage.Legacy());
    }

    @Test
    void fromEnvironment_override_winsOverTheFile() throws IOException {
        Path file = file("CONSOLIDATED");
        assertThat(source(Map.of("USE_CONSOLIDATED_CACHE", "false", "CACHE_STAGE_FILE", file.toString()))
                        .current())
                .isEqualTo(new Stage.Legacy());
        assertThat(source(Map.of("USE_CONSOLIDATED_CACHE", "True")).current()).isEqualTo(new Stage.Consolidated());
    }

    @Test
    void fromEnvironment_overrideThatIsNoFlag_isRefused() {
        assertThatThrownBy(() -> source(Map.of("USE_CONSOLIDATED_CACHE", "maybe")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("USE_CONSOLIDATED_CACHE is 'maybe'; allowed: true, false");
    }

    @Test
    void file_changed_isSeenAfterASecond() throws IOException {
        Path file = file("# where the roll-out stands\n\nstage = LEGACY\n");
        StageSource source = source(Map.of("CACHE_STAGE_FILE", file.toString()));
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        Files.writeString(file, "DUAL_WRITE\n");
        clock.pass(999);
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        clock.pass(1);
        assertThat(source.current()).isEqualTo(new Stage.DualWrite());
        clock.pass(-60_000);
        Files.writeString(file, "CANARY(25)");
        assertThat(source.current()).as("after the clock was set back").isEqualTo(new Stage.Canary(25));
    }

    @Test
    void file_brokenOrGoneLater_keepsTheStage() throws IOException {
        Path file = file("CONSOLIDATED");
        StageSource source = source(Map.of("CACHE_STAGE_FILE", file.toString()));
        Files.writeString(file, "nonsense");
        clock.pass(1_000);
        assertThat(source.current()).isEqualTo(new Stage.Consolidated());
        Files.delete(file);
        clock.pass(1_000);
        assertThat(source.current()).isEqualTo(new Stage.Consolidated());
        Files.writeString(file, "LEGACY");
        clock.pass(1_000);
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
    }

    @Test
    void file_missingOrBrokenAtStart_isRefused() throws IOException {
        Path missing = folder.resolve("none");
        assertThatThrownBy(() -> source(Map.of("CACHE_STAGE_FILE", missing.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("NoSuchFile");
        Path broken = file("");
        assertThatThrownBy(() -> source(Map.of("CACHE_STAGE_FILE", broken.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not a stage");
    }

    private StageSource source(Map<String, String> environment) {
        return StageSources.fromEnvironment(environment, clock);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("stage"), content);
    }

    private static final class ManualClock extends Clock {
        private long millis = 1_754_216_130_000L;

        void pass(long time) {
            millis += time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }
}
