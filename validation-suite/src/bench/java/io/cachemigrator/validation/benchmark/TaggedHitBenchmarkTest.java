package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tags cost a hit next to nothing. */
@Tag("bench")
@Tag("SVC-7")
class TaggedHitBenchmarkTest {
    private static final double MOST = 1.1;

    @Test
    void taggedHit_besideAnUntaggedOne() {
        Benchmarks measured = Benchmarks.of(TaggedHitBenchmark.class);
        double ratio = measured.ratio("tagged", "untagged");
        measured.print();
        assertThat(ratio).isLessThanOrEqualTo(MOST);
    }
}
