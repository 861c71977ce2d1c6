package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hit in memory, beside the peers, and what tags add to it. */
@Tag("bench")
@Tag("SVC-3")
@Tag("SVC-7")
class MemoryHitBenchmarkTest {
    private static final double OF_CAFFEINE = 1.5;
    private static final double OF_UNTAGGED = 1.1;
    private static final String NEARLY_FULL = " limit=5000";
    private static final String WITH_ROOM = " limit=20000";

    @Test
    void hit_besideThePeers() {
        Benchmarks measured = Benchmarks.of(MemoryHitBenchmark.class);
        double besideBare = measured.ratio("ours" + NEARLY_FULL, "caffeineBare" + NEARLY_FULL);
        // printed only: with so much room Caffeine does not even note what is used
        measured.ratio("ours" + WITH_ROOM, "caffeineBare" + WITH_ROOM);
        Map<String, double[]> ratios = new LinkedHashMap<>();
        for (String fill : List.of(NEARLY_FULL, WITH_ROOM)) {
            double besideComplete = measured.ratio("ours" + fill, "caffeineWithTtlAndStatistics" + fill);
            double besideJetCache = measured.ratio("ours" + fill, "jetCache" + fill);
            double tagged = measured.ratio("oursTagged" + fill, "ours" + fill);
            ratios.put(fill, new double[] {besideComplete, besideJetCache, tagged});
        }
        measured.print();
        assertThat(besideBare).isLessThanOrEqualTo(OF_CAFFEINE);
        ratios.forEach((fill, ratio) -> {
            assertThat(ratio[0]).as("complete" + fill).isLessThanOrEqualTo(OF_CAFFEINE);
            assertThat(ratio[1]).as("JetCache" + fill).isLessThan(1);
            assertThat(ratio[2]).as("tagged" + fill).isLessThanOrEqualTo(OF_UNTAGGED);
        });
    }
}
