package io.cachemigrator.validation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk tier beside Ehcache's, recency beside none, and eviction beside ample room. */
@Tag("bench")
@Tag("SVC-3")
class DiskBenchmarkTest {
    private static final double OF_EHCACHE = 0.5;
    private static final double RECENCY = 1.15;
    private static final double EVICTION = 1.4;

    @Test
    void diskTier_besideEhcache() {
        Benchmarks measured = Benchmarks.of(DiskBenchmark.class);
        double get = measured.ratio("get", "getEhcache");
        measured.ratio("get", "getEhcacheDiskOnly");
        double recency = measured.ratio("getWithRecency", "getWithoutRecency");
        double eviction = measured.ratio("putEvicting", "put");
        measured.print();
        assertThat(get).isLessThanOrEqualTo(OF_EHCACHE);
        assertThat(recency).isLessThanOrEqualTo(RECENCY);
        assertThat(eviction).isLessThanOrEqualTo(EVICTION);
    }
}
