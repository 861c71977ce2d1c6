package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hit in memory, beside the peers. */
@Tag("bench")
@Tag("SVC-3")
class MemoryHitBenchmarkTest {
    private static final double MOST = 1.5;

    @Test
    void hit_besideThePeers() {
        Benchmarks measured = Benchmarks.of(MemoryHitBenchmark.class);
        double besideCaffeine = measured.ratio("ours", "caffeineWithTtlAndStatistics");
        double tagged = measured.ratio("oursTagged", "caffeineWithTtlAndStatistics");
        measured.ratio("ours", "caffeineBare");
        double besideJetCache = measured.ratio("ours", "jetCache");
        measured.print();
        assertThat(besideCaffeine).isLessThanOrEqualTo(MOST);
        assertThat(tagged).isLessThanOrEqualTo(MOST);
        assertThat(besideJetCache).isLessThan(1);
    }
}
