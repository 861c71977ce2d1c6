package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies in memory in front of Redis answer faster than the local map of a peer. */
@Tag("bench")
@Tag("SVC-4")
class NearCopyBenchmarkTest {

    @Test
    void nearHit_besideALocalMap() {
        Benchmarks measured = Benchmarks.of(NearCopyBenchmark.class);
        double ratio = measured.ratio("ours", "redissonLocalMap");
        measured.print();
        assertThat(ratio).isLessThan(1);
    }
}
