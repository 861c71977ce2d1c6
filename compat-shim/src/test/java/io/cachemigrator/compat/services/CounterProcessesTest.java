package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SHM-1")
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class CounterProcessesTest {
    @ParameterizedTest
    @ValueSource(strings = {"LEGACY", "DUAL_WRITE", "CANARY(50)", "CONSOLIDATED"})
    @Tag("services-case-13")
    @Tag("services-A-3")
    @Tag("services-B-2")
    @DisplayName("two processes of twenty threads count to twenty thousand, and to no other number")
    void increment_byTwoProcesses_losesNone(String text) throws Exception {
        Stage stage = Stage.parse(text);
        try (TestRedis redis = TestRedis.started()) {
            Process one = CounterProcess.start(redis.url(), stage);
            Process two = CounterProcess.start(redis.url(), stage);
            try {
                for (Process each : List.of(one, two)) {
                    assertThat(each.waitFor(3, TimeUnit.MINUTES)).isTrue();
                    assertThat(each.exitValue()).isZero();
                }
            } finally {
                one.destroyForcibly();
                two.destroyForcibly();
            }
            LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of())
                    .url(redis.url())
                    .stage(StageSource.fixed(stage))
                    .build();
            try (RedisCacheService cache = new RedisCacheService(settings)) {
                assertThat(cache.get(CounterProcess.KEY, Long.class)).isEqualTo(20_000L);
                assertThat(cache.increment(CounterProcess.KEY)).hasValue(20_001);
            }
            String raw = stage instanceof Stage.Consolidated ? "cs:general:" : "ngx:";
            assertThat(redis.raw().pttl(raw + CounterProcess.KEY)).isEqualTo(-1);
            if (!(stage instanceof Stage.Consolidated)) {
                assertThat(redis.raw().get("ngx:" + CounterProcess.KEY)).isEqualTo("20001");
            }
        }
    }
}
