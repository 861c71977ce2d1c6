package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SHM-3")
@Tag("CLI-12")
class StageSourcesTest {
    @TempDir
    Path folder;

    @Test
    @Tag("CLI-12")
    @DisplayName("a place is looked at so often that a change is seen within two seconds even if one look fails")
    void interval_leavesRoomForALookThatFails() {
        assertThat(StagePoller.INTERVAL.multipliedBy(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void fromEnvironment_nothingSet_isLegacy() {
        assertThat(source(Map.of()).current()).isEqualTo(new Stage.Legacy());
    }

    @Test
    void fromEnvironment_override_winsOverTheFileAndIsReported() throws IOException {
        Path file = file("CONSOLIDATED");
        StageSource source = source(Map.of("USE_CONSOLIDATED_CACHE", "false", "CACHE_STAGE_FILE", file.toString()));
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        assertThat(StageSources.file(file, Clock.systemUTC()).present())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.stage()).isEqualTo(new Stage.Legacy());
                    assertThat(one.overridden()).isTrue();
                });
        assertThat(source(Map.of("USE_CONSOLIDATED_CACHE", "True")).current()).isEqualTo(new Stage.Consolidated());
    }

    @Test
    void fromEnvironment_overrideThatIsNoFlag_isRefused() {
        assertThatThrownBy(() -> source(Map.of("USE_CONSOLIDATED_CACHE", "maybe")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("USE_CONSOLIDATED_CACHE is 'maybe'; allowed: true, false");
    }

    @Test
    void fromEnvironment_severalPlaces_isRefused() throws IOException {
        Path file = file("LEGACY");
        assertThatThrownBy(() -> source(
                        Map.of("CACHE_STAGE_FILE", file.toString(), "CACHE_STAGE_JOURNAL", "jdbc:sqlite:journal.db")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CACHE_STAGE_FILE and CACHE_STAGE_JOURNAL");
    }

    @Test
    void file_changed_isSeenWithinTwoSeconds() throws IOException {
        Path file = file("# where the roll-out stands\n\nstage = LEGACY\n");
        StageSource source = source(Map.of("CACHE_STAGE_FILE", file.toString()));
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        StagePlace place = StageSources.file(file, Clock.systemUTC());
        place.write(new Stage.DualWrite());
        StageWait.within(Duration.ofSeconds(2), () -> source.current().equals(new Stage.DualWrite()));
        place.write(new Stage.Canary(25));
        StageWait.within(Duration.ofSeconds(2), () -> source.current().equals(new Stage.Canary(25)));
        StageWait.within(
                Duration.ofSeconds(2), () -> place.present().get(0).stage().equals(new Stage.Canary(25)));
    }

    @Test
    void file_namedTwice_isOneSourceForTheProcess() throws IOException {
        Map<String, String> environment =
                Map.of("CACHE_STAGE_FILE", file("LEGACY").toString());
        assertThat(source(environment)).isSameAs(source(environment));
    }

    @Test
    void file_brokenOrGoneLater_keepsTheStage() throws IOException {
        Path file = file("CONSOLIDATED");
        Path second = Files.writeString(folder.resolve("second"), "LEGACY");
        StagePoller poller =
                StagePoller.start(StageSources.file(file, Clock.systemUTC()), null, new Stage.Legacy(), null);
        try (poller) {
            Files.writeString(file, "nonsense");
            // a look that failed is followed by another one
            poller.look();
            assertThat(poller.current()).isEqualTo(new Stage.Consolidated());
            Files.delete(file);
            poller.look();
            assertThat(poller.current()).isEqualTo(new Stage.Consolidated());
            Files.move(second, file);
            poller.look();
            assertThat(poller.current()).isEqualTo(new Stage.Legacy());
        }
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

    @Test
    void file_reports_holdForTenSeconds() throws IOException {
        Path file = file("LEGACY");
        Clock now = Clock.systemUTC();
        StageSources.file(file, now).report(new StagePresence("1@host-a", new Stage.Shadow(), false, 3));
        assertThat(StageSources.file(file, Clock.offset(now, Duration.ofSeconds(5)))
                        .present())
                .containsExactly(new StagePresence("1@host-a", new Stage.Shadow(), false, 3));
        assertThat(StageSources.file(file, Clock.offset(now, Duration.ofSeconds(12)))
                        .present())
                .isEmpty();
        Files.writeString(folder.resolve("stage.seen/2@host-b"), "no report");
        assertThat(StageSources.file(file, now).present()).hasSize(1);
    }

    @Test
    @Tag("SHM-2")
    void file_usage_isOfEachProcessAndGoesAfterThirtyDays() throws IOException {
        Path file = folder.resolve("stage");
        try (StagePlace place = StageSources.file(file, Clock.systemUTC())) {
            assertThat(place.usage()).isEmpty();
            place.reportUsage("1@a", "first");
            place.reportUsage("1@a", "second");
            place.reportUsage("2@b", "third");
            assertThat(place.usage()).containsExactlyInAnyOrder("second\n", "third\n");
            Files.setLastModifiedTime(
                    folder.resolve("stage.usage/2@b"),
                    FileTime.from(Instant.now().minus(StagePlace.USAGE_LIFE).minusSeconds(1)));
            assertThat(place.usage()).containsExactly("second\n");
        }
    }

    @Test
    void uri_withoutNameOrHost_isRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> source(Map.of("CACHE_STAGE_URI", "redis://:s3cr3t@localhost:1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CACHE_STAGE_NAME");
        for (String bad : List.of("redis://:s3cr3t@local host", "http://:s3cr3t@localhost", "s3cr3t")) {
            assertThatThrownBy(() -> source(Map.of("CACHE_STAGE_URI", bad, "CACHE_STAGE_NAME", "p")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void flag_changed_isSeenWithinTwoSeconds() {
        InMemoryProvider provider = new InMemoryProvider(Map.of("cache-stage", flag("legacy")));
        OpenFeatureAPI.getInstance().setProviderAndWait(provider);
        StageSource source = source(Map.of("CACHE_STAGE_FLAG", "cache-stage"));
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        provider.updateFlag("cache-stage", flag("canary(5)"));
        StageWait.within(Duration.ofSeconds(2), () -> source.current().equals(new Stage.Canary(5)));
    }

    @Test
    void flag_thatTheProviderDoesNotKnow_writesBothUntilItDoes() {
        OpenFeatureAPI.getInstance().setProviderAndWait(new InMemoryProvider(new HashMap<>()));
        assertThat(source(Map.of("CACHE_STAGE_FLAG", "no-such-flag")).current()).isEqualTo(new Stage.DualWrite());
    }

    @Test
    void flagBesideAFile_decidesAndIsReportedBesideTheFile() throws IOException {
        InMemoryProvider provider = new InMemoryProvider(Map.of("told-stage", flag("legacy")));
        OpenFeatureAPI.getInstance().setProviderAndWait(provider);
        Path file = file("CONSOLIDATED");
        StageSource source = source(Map.of("CACHE_STAGE_FLAG", "told-stage", "CACHE_STAGE_FILE", file.toString()));
        assertThat(source.current()).isEqualTo(new Stage.Legacy());
        StagePlace place = StageSources.file(file, Clock.systemUTC());
        assertThat(place.present())
                .singleElement()
                .satisfies(one -> assertThat(one.stage()).isEqualTo(new Stage.Legacy()));
        provider.updateFlag("told-stage", flag("dual_write"));
        StageWait.within(
                Duration.ofSeconds(2), () -> place.present().get(0).stage().equals(new Stage.DualWrite()));
    }

    private static Flag<?> flag(String stage) {
        return Flag.builder().variant("now", stage).defaultVariant("now").build();
    }

    private static StageSource source(Map<String, String> environment) {
        return StageSources.fromEnvironment(environment, Clock.systemUTC());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("stage"), content);
    }
}
