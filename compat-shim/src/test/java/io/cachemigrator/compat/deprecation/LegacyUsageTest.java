package io.cachemigrator.compat.deprecation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("SHM-2")
class LegacyUsageTest {
    private static final Instant NOW = Instant.parse("2025-08-03T10:15:30Z");

    private final LegacyUsage usage = new LegacyUsage(UsageMode.WARN, Clock.fixed(NOW, ZoneOffset.UTC));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LegacyUsage.class);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    @Tag("services-E-9")
    @Tag("services-G-3")
    @DisplayName("E-9: two call sites are two records, one that calls again is not warned of again")
    void record_twoSitesOneInALoop_warnsOnceForEach() {
        for (int i = 0; i < 3; i++) {
            new Api(usage).call();
        }
        new Api(usage).call();
        assertThat(log.list).hasSize(2);
        assertThat(usage.snapshot()).extracting(CallSite::calls).containsExactly(3L, 1L);
    }

    @Test
    void record_oneSite_namesPlaceReplacementAndRemoval() {
        new Api(usage).call();
        CallSite site = usage.snapshot().get(0);
        assertThat(site.className()).isEqualTo(LegacyUsageTest.class.getName());
        assertThat(site.method()).isEqualTo("record_oneSite_namesPlaceReplacementAndRemoval");
        assertThat(site.line()).isPositive();
        assertThat(site.api()).isEqualTo("Api.call");
        assertThat(site.lastSeen()).isEqualTo(NOW);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo(site.place()
                        + " calls Api.call, which is deprecated and will be removed in 2.0.0. Use New.call.");
    }

    @Test
    void record_callThroughTheApisOwnMethods_isTheOutsideCallers() {
        new Api(usage).callTwice();
        assertThat(usage.snapshot()).singleElement().satisfies(site -> {
            assertThat(site.className()).isEqualTo(LegacyUsageTest.class.getName());
            assertThat(site.calls()).isEqualTo(2);
        });
    }

    @Test
    void record_fromALambda_isAttributedToItsClass() {
        Runnable call = () -> new Api(usage).call();
        call.run();
        assertThat(usage.snapshot())
                .singleElement()
                .satisfies(site -> assertThat(site.className()).isEqualTo(LegacyUsageTest.class.getName()));
    }

    @Test
    void record_manyNewSitesInAMinute_warnsOfSomeNowAndOfTheOthersLater() {
        MovableClock clock = new MovableClock();
        LegacyUsage many = new LegacyUsage(UsageMode.WARN, clock);
        List<Runnable> sites = sites(many);
        int rounds = WarningRate.MOST_A_MINUTE / sites.size() + 1;
        for (int i = 0; i < rounds; i++) {
            sites.forEach(Runnable::run);
            many.reset();
        }
        assertThat(log.list).hasSize(WarningRate.MOST_A_MINUTE);
        sites.forEach(Runnable::run);
        assertThat(log.list).hasSize(WarningRate.MOST_A_MINUTE);
        clock.now = NOW.plusSeconds(60);
        sites.forEach(Runnable::run);
        assertThat(log.list).hasSize(WarningRate.MOST_A_MINUTE + 1 + sites.size());
        int held = rounds * sites.size() - WarningRate.MOST_A_MINUTE + sites.size();
        assertThat(log.list.get(WarningRate.MOST_A_MINUTE).getFormattedMessage())
                .startsWith(held + " warnings about legacy calls were held back");
    }

    private static List<Runnable> sites(LegacyUsage many) {
        return List.of(
                () -> new Api(many).call(),
                () -> new Api(many).call(),
                () -> new Api(many).call(),
                () -> new Api(many).call(),
                () -> new Api(many).call(),
                () -> new Api(many).call(),
                () -> new Api(many).call());
    }

    private static final class MovableClock extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void meters_countCallsAndSites() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LegacyUsageMeters.bind(registry, usage);
        for (int i = 0; i < 3; i++) {
            new Api(usage).call();
        }
        new Api(usage).call();
        assertThat(registry.get("cache.legacy.calls").functionCounter().count()).isEqualTo(4);
        assertThat(registry.get("cache.legacy.call.sites").gauge().value()).isEqualTo(2);
    }

    @Test
    void recording_hasTheFirstCallOfEachSite() throws Exception {
        Path file = Files.createTempFile("legacy", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.cachemigrator.LegacyCall");
            recording.start();
            for (int i = 0; i < 3; i++) {
                new Api(usage).call();
            }
            recording.stop();
            recording.dump(file);
            assertThat(RecordingFile.readAllEvents(file))
                    .filteredOn(event -> event.getEventType().getName().equals("io.cachemigrator.LegacyCall")
                            && event.getString("site").contains("recording_hasTheFirstCallOfEachSite"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getString("api")).isEqualTo("Api.call");
                        assertThat(event.getString("replacement")).isEqualTo("New.call");
                    });
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void reset_afterACall_warnsAgain() {
        for (int i = 0; i < 2; i++) {
            new Api(usage).call();
            usage.reset();
        }
        assertThat(log.list).hasSize(2);
        assertThat(usage.snapshot()).isEmpty();
    }

    @Test
    void record_modeError_throwsAndCounts() {
        usage.mode(UsageMode.ERROR);
        assertThatThrownBy(() -> new Api(usage).call())
                .isInstanceOf(LegacyCallException.class)
                .hasMessageContaining("Api.call")
                .hasMessageEndingWith("Use New.call.");
        assertThat(usage.snapshot()).hasSize(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void record_modeSilent_countsOnly() {
        usage.mode(UsageMode.SILENT);
        assertThatCode(() -> new Api(usage).call()).doesNotThrowAnyException();
        assertThat(usage.snapshot()).hasSize(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void of_propertyAndVariable_propertyWins() {
        Properties properties = new Properties();
        assertThat(UsageMode.of(properties, Map.of())).isEqualTo(UsageMode.WARN);
        assertThat(UsageMode.of(properties, Map.of(UsageMode.VARIABLE, "Silent")))
                .isEqualTo(UsageMode.SILENT);
        properties.setProperty(UsageMode.PROPERTY, "error");
        assertThat(UsageMode.of(properties, Map.of(UsageMode.VARIABLE, "silent")))
                .isEqualTo(UsageMode.ERROR);
        properties.setProperty(UsageMode.PROPERTY, "loud");
        assertThatThrownBy(() -> UsageMode.of(properties, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'loud'; allowed: warn, error, silent");
        assertThat(List.of(UsageMode.values())).hasSize(3);
    }

    /** A legacy API that records its calls. */
    private record Api(LegacyUsage usage) {
        void call() {
            usage.record(Api.class, "call", "New.call");
        }

        void callTwice() {
            call();
            call();
        }
    }
}
