package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.compat.stage.ShadowVerdict.Cause;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SHM-3")
class ShadowReportTest {
    private final ShadowReport report = new ShadowReport();

    @Test
    void accept_verdicts_areCountedByPatternAndCause() {
        report.accept(new ShadowVerdict("conv:{}", Cause.SAME));
        report.accept(new ShadowVerdict("conv:{}", Cause.MISSING));
        report.accept(new ShadowVerdict("conv:{}", Cause.MISSING));
        report.accept(new ShadowVerdict("cust:{}", Cause.MOVED));
        assertThat(report.counts())
                .isEqualTo(Map.of(
                        "conv:{}", Map.of(Cause.SAME, 1L, Cause.MISSING, 2L), "cust:{}", Map.of(Cause.MOVED, 1L)));
        assertThat(report.differences()).isEqualTo(2);
    }

    @Test
    void accept_morePatternsThanThereIsRoomFor_areSummedUp() {
        for (int i = 0; i < 1_500; i++) {
            report.accept(new ShadowVerdict("pattern-" + i, Cause.SAME));
        }
        assertThat(report.counts()).hasSize(1_001);
        assertThat(report.counts().get(ShadowReport.OTHERS)).isEqualTo(Map.of(Cause.SAME, 500L));
    }

    @Test
    void fromEnvironment_saltAndPercent_areTaken() {
        StagedOptions options = StagedOptions.fromEnvironment(
                Map.of("CACHE_CANARY_SALT", "autumn", "CACHE_SHADOW_PERCENT", "40", "CACHE_MIRROR_LEGACY", "off"));
        assertThat(options.shadowPercent()).isEqualTo(40);
        assertThat(options.mirror()).isFalse();
        assertThat(options.buckets().of("conv:1")).isEqualTo(new StickyBuckets("autumn").of("conv:1"));
        assertThat(StagedOptions.fromEnvironment(Map.of()).shadowPercent()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "-1", "many", "1e2"})
    void fromEnvironment_badPercent_isRefused(String percent) {
        assertThatThrownBy(() -> StagedOptions.fromEnvironment(Map.of("CACHE_SHADOW_PERCENT", percent)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CACHE_SHADOW_PERCENT is '" + percent + "'; allowed: 0 to 100");
    }
}
