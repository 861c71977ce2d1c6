package io.cachemigrator.cache.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.observe.PerformanceAlert.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SVC-9")
class CachePerformanceMonitorTest {
    private static final long MIB = 1L << 20;
    private static final Duration FAST = Duration.ofMillis(1);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final CachePerformanceMonitor monitor = new CachePerformanceMonitor(clock);

    @Test
    @Tag("factory-case-39")
    @Tag("factory-DEF-23")
    void hitRate_countsLookUpsAlone() {
        assertThat(monitor.snapshot().hitRatePercent()).isZero();
        for (int i = 0; i < 10; i++) {
            monitor.recordLookup(FAST, i < 7);
            monitor.recordOperation("set", FAST);
        }

        assertThat(monitor.getPerformanceSummary().hitRatePercent()).isEqualTo(70.0);
        assertThat(monitor.snapshot().operations().get("set").count()).isEqualTo(10);
    }

    @Test
    @Tag("factory-DEF-24")
    void hitRate_isThatOfTheServiceInPercent() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            Region<String> region = service.region("r", String.class);
            region.put("known", "value");
            Stream.of("known", "known", "known", "other")
                    .forEach(id -> monitor.recordLookup(FAST, region.get(id) != null));

            double share = service.statistics().regions().get("r").hitRate();
            assertThat(monitor.snapshot().hitRatePercent())
                    .isEqualTo(share * 100)
                    .isEqualTo(75.0);
        }
    }

    @Test
    @Tag("factory-case-40")
    void memory_isWorthAWarningAndThenCritical() {
        monitor.recordMemory(49 * MIB, 1);
        assertThat(monitor.evaluate()).isEmpty();
        monitor.recordMemory(60 * MIB, 1);
        assertThat(monitor.snapshot().memoryPercent()).isEqualTo(120.0);
        assertThat(monitor.evaluate()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
            assertThat(alert.subject()).isEqualTo("memory");
            assertThat(alert.message()).contains("62914560").contains("52428800");
        });
        monitor.recordMemory(160 * MIB, 1);
        assertThat(monitor.evaluate()).singleElement().returns(Severity.CRITICAL, PerformanceAlert::severity);
    }

    @Test
    @Tag("factory-case-40")
    void invalidations_areWorthAWarningAndThenCritical() {
        invalidate(49);
        assertThat(monitor.evaluate()).isEmpty();
        invalidate(1);
        assertThat(monitor.evaluate()).singleElement().returns(Severity.WARNING, PerformanceAlert::severity);
        invalidate(50);
        assertThat(monitor.evaluate())
                .singleElement()
                .returns(Severity.CRITICAL, PerformanceAlert::severity)
                .returns("invalidations", PerformanceAlert::subject);
    }

    @Test
    @Tag("factory-DEF-39")
    void invalidations_ofADay_areKeptLongerThanThoseOfAnHour() {
        invalidate(3);
        clock.advance(Duration.ofHours(2));
        invalidate(1);

        assertThat(monitor.snapshot().invalidationsLastHour()).isEqualTo(1);
        assertThat(monitor.snapshot().invalidationsLastDay()).isEqualTo(4);
        assertThat(monitor.snapshot().topPatterns()).containsEntry("user:*", 4);
        clock.advance(Duration.ofHours(23));
        assertThat(monitor.snapshot().invalidationsLastDay()).isEqualTo(1);
    }

    @Test
    @Tag("factory-DEF-39")
    void slowOperations_areThoseFarAboveTheFastOnes() {
        for (int i = 0; i < 10; i++) {
            monitor.recordOperation("set", Duration.ZERO);
            monitor.recordLookup(i < 9 ? FAST : Duration.ofMillis(2), true);
        }

        assertThat(monitor.slowOperations(2.0)).containsEntry("get", 1).containsEntry("set", 0);
        clock.advance(Duration.ofMinutes(61));
        assertThat(monitor.slowOperations(2.0)).containsEntry("get", 0);
    }

    @Test
    void thresholds_raiseAlertsOfTimesAndHitRate() {
        monitor.setPerformanceThreshold(Duration.ofMillis(100), 0.7, 100_000_000);
        for (int i = 0; i < 10; i++) {
            monitor.recordLookup(Duration.ofMillis(i == 0 ? 101 : 100), i < 6);
            monitor.recordKeyGeneration("qa", Duration.ofMillis(i == 0 ? 101 : 100));
        }

        assertThat(monitor.evaluate())
                .extracting(PerformanceAlert::subject)
                .containsExactlyInAnyOrder("hit_rate", "operation_time", "key_generation");
        monitor.setPerformanceThreshold(Duration.ofMillis(101), 0.6, 100_000_000);
        assertThat(monitor.evaluate()).extracting(PerformanceAlert::subject).containsExactly("key_generation");
    }

    @Test
    void thresholds_outsideTheirRanges_areRefusedAllAtOnce() {
        assertThatThrownBy(() -> monitor.setPerformanceThreshold(Duration.ZERO, 1.5, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxOperationTime")
                .hasMessageContaining("minHitRate is 1.5; allowed: 0 to 1")
                .hasMessageContaining("maxMemoryBytes");
        assertThat(monitor.thresholds()).isEqualTo(PerformanceThresholds.DEFAULTS);
    }

    @Test
    void attach_takesMemoryFromTheService() {
        monitor.recordMemory(160 * MIB, 7);
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            service.region("r", String.class).put("id", "value");
            monitor.attach(service);

            PerformanceSnapshot seen = monitor.snapshot();
            assertThat(seen.memoryEntries()).isEqualTo(1);
            assertThat(seen.memoryBytes()).isPositive().isLessThan(MIB);
        }
    }

    @Test
    void recommendations_nameAPatternThatInvalidatesMost() {
        invalidate(10);

        assertThat(monitor.recommendations())
                .extracting(Recommendation::advice)
                .anyMatch(advice -> advice.contains("'user:*'"));
    }

    @Test
    void export_writesEveryFormat(@TempDir Path folder) throws IOException {
        monitor.recordLookup(FAST, true);
        monitor.recordInvalidation("a\"b\n", 2, FAST);
        Path file = folder.resolve("new/seen.json");

        monitor.export(file, ExportFormat.JSON);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("hit_rate_percent").asDouble()).isEqualTo(100.0);
        assertThat(json.get("invalidations_of").get("a\"b\n").asInt()).isEqualTo(1);
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assertThat(monitor.exportPerformanceData(ExportFormat.CSV))
                .startsWith("name,label,value\n")
                .contains("hits,\"\",1\n")
                .contains("invalidations_of,\"a\"\"b\n\",1\n");
        assertThat(monitor.exportPerformanceData(ExportFormat.PROMETHEUS))
                .contains("# TYPE cachemigrator_performance_hits gauge\ncachemigrator_performance_hits 1\n")
                .contains("cachemigrator_performance_invalidations_of{of=\"a\\\"b\\n\"} 1\n");
    }

    @Test
    void reset_forgetsWhatWasSeenAndKeepsThresholds() {
        monitor.setPerformanceThreshold(FAST, 0.5, 1_000);
        monitor.recordLookup(FAST, true);
        monitor.recordMemory(2_000, 1);
        invalidate(60);

        monitor.reset();

        assertThat(monitor.evaluate()).isEmpty();
        assertThat(monitor.snapshot().hits()).isZero();
        assertThat(monitor.snapshot().memoryBytes()).isEqualTo(-1);
        assertThat(monitor.snapshot().invalidationsLastDay()).isZero();
        assertThat(monitor.thresholds().maxMemoryBytes()).isEqualTo(1_000);
    }

    private void invalidate(int times) {
        for (int i = 0; i < times; i++) {
            monitor.recordInvalidation("user:*", 2, FAST);
        }
    }
}
