package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.compat.stage.ShadowReport;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What comparing a tenth of the reads costs the caller: short rounds of reads at the stages LEGACY and SHADOW in turn, in one
 * process and between the same servers, and the median of the ratios of neighbouring rounds. Run with the profile {@code bench}, on a
 * machine that does nothing else.
 */
@Tag("bench")
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is measured
class ShadowCostTest {
    private static final int KEYS = 1_000;
    private static final int READS = 500;
    private static final int PAIRS = 1_000;
    private static final double MOST = 1.01;

    private final ShadowReport report = new ShadowReport();

    @Test
    @DisplayName("comparing a tenth of the reads makes reads at most one hundredth slower")
    void read_aTenthCompared_costsTheCallerAHundredthAtMost() {
        try (TestRedis legacy = TestRedis.started();
                TestRedis target = TestRedis.started();
                RedisCacheService plain = cache(legacy, target, new Stage.Legacy());
                RedisCacheService compared = cache(legacy, target, new Stage.Shadow());
                RedisCacheService both = cache(legacy, target, new Stage.DualWrite())) {
            for (int i = 0; i < KEYS; i++) {
                both.set("conv:" + i, Map.of("id", i, "text", "x".repeat(200)));
            }
            double[] ratios = new double[PAIRS];
            round(plain);
            round(compared);
            for (int i = 0; i < PAIRS; i++) {
                boolean plainFirst = i % 2 == 0;
                long one = round(plainFirst ? plain : compared);
                long other = round(plainFirst ? compared : plain);
                ratios[i] = plainFirst ? (double) other / one : (double) one / other;
            }
            Arrays.sort(ratios);
            double median = ratios[PAIRS / 2];
            System.out.printf(
                    Locale.ROOT,
                    "reads at SHADOW 10 %% / LEGACY: %.4f (quartiles %.4f, %.4f); compared: %s%n",
                    median,
                    ratios[PAIRS / 4],
                    ratios[PAIRS * 3 / 4],
                    report.counts());
            assertThat(report.counts()).isNotEmpty();
            assertThat(report.differences()).isZero();
            assertThat(median).isLessThanOrEqualTo(MOST);
        }
    }

    private RedisCacheService cache(TestRedis legacy, TestRedis target, Stage stage) {
        return new RedisCacheService(
                LegacyCacheSettings.builder(Map.of("REDIS_URL", legacy.url(), "CACHE_REDIS_URI", target.url()))
                        .stage(StageSource.fixed(stage))
                        .staged(StagedOptions.DEFAULTS.withShadow(10, Duration.ofSeconds(20), report))
                        .build());
    }

    private static long round(RedisCacheService cache) {
        long start = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            assertThat(cache.get("conv:" + i * 7 % KEYS, Map.class)).isNotNull();
        }
        return System.nanoTime() - start;
    }
}
