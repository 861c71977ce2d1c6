package io.cachemigrator.migrator.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source is spared when it answers much more slowly than at first, until it is nearly as fast again. */
@Tag("CLI-11")
class SourceLatencyTest {
    private static final int KEYS = 100;

    private final SourceLatency latency = new SourceLatency(0);
    private long now;

    private void read(int batches, Duration each) {
        for (int i = 0; i < batches; i++) {
            now += Duration.ofMillis(100).toNanos();
            latency.read(KEYS, each.toNanos(), now);
        }
    }

    @Test
    void strain_muchSlowerThanAtFirst_isToldUntilItIsNearlyAsFastAgain() {
        read(40, Duration.ofMillis(2));
        assertThat(latency.strain()).isEmpty();
        read(40, Duration.ofMillis(60));
        assertThat(latency.strain())
                .startsWith("the source answers ")
                .contains(" times as slowly as at first, 60 ms a batch");
        read(40, Duration.ofMillis(9));
        assertThat(latency.strain()).as("no longer 20 ms a batch").isEmpty();
    }

    @Test
    void strain_slowAtFirstAlready_isNoReason() {
        read(40, Duration.ofMillis(60));
        read(40, Duration.ofMillis(100));
        assertThat(latency.strain()).isEmpty();
    }

    @Test
    void strain_fewTimesSlower_isNoReasonUnlessItWasOneBefore() {
        read(40, Duration.ofMillis(10));
        read(60, Duration.ofMillis(40));
        assertThat(latency.strain()).as("four times").isEmpty();
        read(60, Duration.ofMillis(80));
        assertThat(latency.strain()).as("eight times").isNotEmpty();
        read(60, Duration.ofMillis(40));
        assertThat(latency.strain()).as("four times, after eight").isNotEmpty();
    }
}
