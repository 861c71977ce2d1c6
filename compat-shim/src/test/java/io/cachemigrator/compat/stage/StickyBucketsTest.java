package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-3")
@Tag("CLI-12")
class StickyBucketsTest {
    private final StickyBuckets buckets = new StickyBuckets("");

    @Test
    @DisplayName("buckets are the same in every process and every release")
    void of_knownKeys_areTheKnownBuckets() {
        assertThat(buckets.of("")).isEqualTo(9325);
        assertThat(buckets.of("conv:42")).isEqualTo(8213);
        assertThat(buckets.of("ключ")).isEqualTo(5109);
        assertThat(new StickyBuckets("second").of("conv:42")).isEqualTo(4141);
    }

    @Test
    @DisplayName("each percent takes its share of the keys, and a higher one moves none back")
    void isWithin_growingPercentage_onlyTakesKeysIn() {
        for (int percent = 0; percent <= 100; percent += 5) {
            int share = percent;
            long taken = IntStream.range(0, 20_000)
                    .filter(i -> buckets.isWithin("user:" + i, share))
                    .count();
            assertThat(taken / 200.0).isBetween(percent - 1.5, percent + 1.5);
            assertThat(IntStream.range(0, 2_000)
                            .filter(i -> buckets.isWithin("user:" + i, Math.max(0, share - 5)))
                            .allMatch(i -> buckets.isWithin("user:" + i, share)))
                    .isTrue();
        }
        assertThat(buckets.isWithin("k", 0)).isFalse();
        assertThat(buckets.isWithin("k", 100)).isTrue();
    }

    @Test
    @DisplayName("another salt starts with other keys")
    void of_otherSalt_isAnotherOrder() {
        StickyBuckets other = new StickyBuckets("2026-11");
        long both = IntStream.range(0, 10_000)
                .filter(i -> buckets.isWithin("k" + i, 10) && other.isWithin("k" + i, 10))
                .count();
        assertThat(both).isBetween(50L, 150L);
    }
}
