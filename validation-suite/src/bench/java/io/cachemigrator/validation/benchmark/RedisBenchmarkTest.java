package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis beside bare Jedis. */
@Tag("bench")
@Tag("SVC-3")
class RedisBenchmarkTest {
    private static final double MOST = 1.15;

    @Test
    void getAndPut_besideJedis() {
        Benchmarks measured = Benchmarks.of(RedisBenchmark.class);
        double get = measured.ratio("oursGet", "bareGet");
        double put = measured.ratio("oursPut", "barePut");
        measured.ratio("oursGet100", "bareGet100");
        measured.ratio("oursPut100", "barePut100");
        measured.print();
        assertThat(get).isLessThanOrEqualTo(MOST);
        assertThat(put).isLessThanOrEqualTo(MOST);
    }
}
