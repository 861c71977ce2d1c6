package io.cachemigrator.cache.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.observe.Threshold.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SVC-9")
class ObserveTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);

    private CacheService open(RegionConfig... regions) {
        CacheConfigBuilder config = CacheConfig.builder().clock(clock);
        for (RegionConfig region : regions) {
            config.region(region);
        }
        return CacheService.open(config.build());
    }

    private static void ask(Region<String> region, int hits, int misses) {
        region.put("there", "v");
        for (int i = 0; i < hits; i++) {
            region.get("there");
        }
        for (int i = 0; i < misses; i++) {
            region.get("not there");
        }
    }

    @Test
    void meters_ofEveryRegionAndTier_showWhatHappened(@TempDir Path folder) {
        try (CacheService service = CacheService.open(CacheConfig.builder()
                .diskFolder(folder)
                .region(RegionConfig.builder("disk").tiers(TierPolicy.DISK).build())
                .build())) {
            Region<String> region = service.region("disk", String.class);
            long[] nanos = {0};
            CacheMeters meters = new CacheMeters(service, () -> nanos[0]);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            meters.bindTo(registry);
            ask(region, 3, 2);
            region.getOrLoad("loaded", id -> "x");
            assertThatThrownBy(() -> region.getOrLoad("fails", id -> {
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            nanos[0] += TimeUnit.SECONDS.toNanos(1);
            assertThat(count(registry, "gets", "region", "disk", "result", "hit"))
                    .isEqualTo(3);
            assertThat(count(registry, "gets", "region", "disk", "result", "miss"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(count(registry, "puts", "region", "disk")).isEqualTo(2);
            assertThat(count(registry, "loads", "region", "disk")).isEqualTo(1);
            assertThat(count(registry, "load.failures", "region", "disk")).isEqualTo(1);
            assertThat(registry.get("cachemigrator.cache.load.time")
                            .functionTimer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("cachemigrator.cache.tier.operations")
                            .tags("tier", "disk", "operation", "get")
                            .functionTimer()
                            .count())
                    .isGreaterThanOrEqualTo(5);
            assertThat(registry.get("cachemigrator.cache.tier.operations")
                            .tags("tier", "disk", "operation", "put")
                            .functionTimer()
                            .totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(registry.get("cachemigrator.cache.health")
                            .tags("tier", "disk")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            region.get("there");
            assertThat(count(registry, "gets", "region", "disk", "result", "hit"))
                    .as("one snapshot for the meters read in a row")
                    .isEqualTo(3);
            nanos[0] += TimeUnit.SECONDS.toNanos(1);
            assertThat(count(registry, "gets", "region", "disk", "result", "hit"))
                    .isEqualTo(4);
        }
    }

    private static double count(SimpleMeterRegistry registry, String name, String... tags) {
        return registry.get("cachemigrator.cache." + name)
                .tags(tags)
                .functionCounter()
                .count();
    }

    @Test
    void health_ofADeadServer_isZero() {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService service = CacheService.open(
                        CacheConfig.builder().redisUri(server.uri()).build())) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new CacheMeters(service).bindTo(registry);
            server.stop();
            assertThat(registry.get("cachemigrator.cache.health")
                            .tags("tier", "redis")
                            .gauge()
                            .value())
                    .isLessThan(1);
            assertThat(registry.get("cachemigrator.cache.health")
                            .tags("tier", "memory")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void monitor_hitRate_isRaisedOnceAndRecoversOnTheLastInterval() {
        try (CacheService service = open();
                CacheMonitor monitor = new CacheMonitor(service, List.of(Threshold.hitRate(0.7)))) {
            List<Alert> heard = new ArrayList<>();
            monitor.onAlert(alert -> {
                throw new IllegalStateException("a listener that fails");
            });
            monitor.onAlert(heard::add);
            Region<String> region = service.region("r", String.class);
            ask(region, 1, 5);
            assertThat(monitor.look()).as("too few to judge").isEmpty();
            ask(region, 50, 150);
            Alert raised = monitor.look().get(0);
            assertThat(raised.raised()).isTrue();
            assertThat(raised.value()).isEqualTo(0.25);
            assertThat(raised.message()).isEqualTo("Region 'r': hit rate is 0.250, limit 0.700");
            ask(region, 50, 150);
            assertThat(monitor.look()).as("told before").isEmpty();
            assertThat(monitor.raised()).containsExactly(raised);
            ask(region, 180, 20);
            Alert recovered = monitor.look().get(0);
            assertThat(recovered.raised()).isFalse();
            assertThat(recovered.message()).endsWith("(recovered)");
            assertThat(monitor.raised()).isEmpty();
            assertThat(heard).containsExactly(raised, recovered);
        }
    }

    @Test
    void monitor_memoryTimeFailuresAndOutage_areWatched(@TempDir Path folder) {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .diskFolder(folder)
                        .redisUri(server.uri())
                        .region(RegionConfig.builder("m")
                                .tiers(TierPolicy.MEMORY)
                                .build())
                        .region(RegionConfig.builder("d").tiers(TierPolicy.DISK).build())
                        .region(RegionConfig.builder("r")
                                .tiers(TierPolicy.REDIS)
                                .build())
                        .build());
                CacheMonitor monitor = new CacheMonitor(
                        service,
                        List.of(
                                Threshold.memoryBytes(10_000),
                                new Threshold(Metric.OPERATION_TIME, 0, 1),
                                Threshold.loadFailureRate(0.5),
                                Threshold.unavailableRate(0)))) {
            service.region("m", String.class).put("big", "x".repeat(10_001));
            service.region("d", String.class).put("a", "b");
            LoadOptions options = LoadOptions.DEFAULTS;
            assertThatThrownBy(() -> service.region("m", String.class)
                            .getOrLoad(
                                    "f",
                                    id -> {
                                        throw new IllegalStateException("no");
                                    },
                                    options))
                    .isInstanceOf(IllegalStateException.class);
            server.stop();
            service.region("r", String.class).get("x");
            assertThat(monitor.look())
                    .extracting(alert -> alert.region() + " " + alert.tier() + " "
                            + alert.threshold().metric())
                    .contains(
                            "m memory " + Metric.MEMORY_BYTES,
                            "d disk " + Metric.OPERATION_TIME,
                            "m  " + Metric.LOAD_FAILURE_RATE,
                            "r  " + Metric.UNAVAILABLE_RATE);
        }
        assertThatThrownBy(() -> Threshold.hitRate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void monitor_started_looksByItself() throws InterruptedException {
        try (CacheService service = open();
                CacheMonitor monitor = new CacheMonitor(service, List.of(Threshold.memoryBytes(0)))) {
            CountDownLatch heard = new CountDownLatch(1);
            monitor.onAlert(alert -> heard.countDown());
            service.region("r", String.class).put("a", "b");
            monitor.start(Duration.ofMillis(1));
            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> monitor.start(Duration.ofMillis(1))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void report_citesTheFiguresThatItsAdviceRestsOn() {
        RegionConfig small = RegionConfig.builder("small").memoryMaxEntries(10).build();
        try (CacheService service = open(small)) {
            Region<String> region = service.region("small", String.class);
            for (int i = 0; i < 1_500; i++) {
                region.put("k" + i, "v");
                region.get("k" + (i - 500));
            }
            Region<String> failing = service.region("failing", String.class);
            for (int i = 0; i < 3; i++) {
                String id = "f" + i;
                assertThatThrownBy(() -> failing.getOrLoad(id, each -> {
                            throw new IllegalStateException("no");
                        }))
                        .isInstanceOf(IllegalStateException.class);
            }
            service.region("typed", Map.class).put("a", Map.of("b", 1));
            service.region("typed", Integer.class).lookup("a");
            EfficiencyReport report = EfficiencyReport.of(service);
            assertThat(report.regions())
                    .extracting(EfficiencyReport.Line::region)
                    .contains("small", "failing", "typed");
            assertThat(report.recommendations())
                    .anySatisfy(advice -> {
                        assertThat(advice.region()).isEqualTo("small");
                        assertThat(advice.advice()).isEqualTo("Raise memoryMaxEntries from 10.");
                        assertThat(advice.figures()).contains("entries were evicted from memory", "of 1500 look-ups");
                    })
                    .anySatisfy(advice -> {
                        assertThat(advice.advice()).startsWith("Set a staleAllowance");
                        assertThat(advice.figures()).isEqualTo("3 of 3 loads failed");
                    })
                    .anySatisfy(advice ->
                            assertThat(advice.figures()).isEqualTo("1 look-ups found a value that could not be read"));
        }
    }

    @Test
    void report_healthyRegion_getsNoAdvice() {
        try (CacheService service = open()) {
            ask(service.region("good", String.class), 2_000, 10);
            EfficiencyReport report = EfficiencyReport.of(service);
            assertThat(report.recommendations()).isEmpty();
            assertThat(report.regions().get(0).hitRate()).isGreaterThan(0.99);
            assertThat(report.regions().get(0).memoryBytes()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "user:17:cart, user:{n}:cart",
        "s:3f2b7c1e-0000-4000-8000-1234567890ab, s:{uuid}",
        "page:3e246462619e878efd20725eba29d4cd, page:{hex}",
        "deadbeef, deadbeef",
        "facade, facade",
        "v2:x, v{n}:x"
    })
    void pattern_takesOutWhatVaries(String id, String pattern) {
        assertThat(KeyPatterns.of(id)).isEqualTo(pattern);
    }

    @Test
    void patterns_ofARegion_sumEntriesBytesAndAges() {
        try (CacheService service = open()) {
            Region<String> region = service.region("r", String.class);
            for (int i = 0; i < 10; i++) {
                region.put("user:" + i, "12345");
            }
            clock.advance(Duration.ofMinutes(10));
            region.put("config", "x", WriteOptions.DEFAULTS.withTtl(WriteOptions.NO_EXPIRY));
            KeyPatterns patterns = KeyPatterns.of(region, clock.instant(), 1_000);
            assertThat(patterns.entries()).isEqualTo(11);
            assertThat(patterns.patterns().get(0).pattern()).isEqualTo("user:{n}");
            assertThat(patterns.patterns().get(0).entries()).isEqualTo(10);
            assertThat(patterns.patterns().get(0).bytes()).isEqualTo(50);
            assertThat(patterns.patterns().get(0).meanAge()).isBetween(Duration.ofSeconds(599), Duration.ofMinutes(10));
            assertThat(patterns.patterns().get(1)).isEqualTo(new KeyPatterns.Line("config", 1, 1, 1, Duration.ZERO));
        }
    }
}
