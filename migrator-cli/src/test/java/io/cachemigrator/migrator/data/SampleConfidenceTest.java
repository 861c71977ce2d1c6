package io.cachemigrator.migrator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sample is said to show, against published limits and against what happens when one is drawn many times. */
@Tag("CLI-9")
class SampleConfidenceTest {
    private static final int ALL = 10_000;
    private static final int TRIALS = 2_000;
    private static final double ERROR = 0.05;

    /** One-sided limits of Clopper and Pearson, as tables have them. */
    @ParameterizedTest
    @CsvSource({
        "30, 0, 0.0950",
        "100, 0, 0.0295",
        "100, 1, 0.0466",
        "50, 2, 0.1206",
        "1000, 0, 0.00299",
        "1000, 10, 0.01690"
    })
    void soundShare_isTheExactLimit(long sample, long found, double share) {
        assertThat(1 - SampleConfidence.soundShare(sample, found, Long.MAX_VALUE, ERROR))
                .isCloseTo(share, within(0.0001));
    }

    @Test
    void soundShare_nothingDrawnOrEverythingBroken_showsNothing() {
        assertThat(SampleConfidence.soundShare(0, 0, 10, ERROR)).isZero();
        assertThat(SampleConfidence.soundShare(5, 5, 10, ERROR)).isZero();
        assertThat(SampleConfidence.soundShare(0, 0, 0, ERROR)).isEqualTo(1);
    }

    /**
     * As many entries are broken as the limit allows: then a sample says too much in at most one of twenty cases, and in not
     * many fewer, else the limit would be no limit.
     */
    @ParameterizedTest
    @CsvSource({"60", "200", "600"})
    void soundShare_drawnManyTimes_isWrongInOneOfTwentyCases(int sample) {
        double share = 1 - SampleConfidence.soundShare(sample, 0, ALL, ERROR);
        int broken = (int) Math.ceil(share * ALL);
        Random random = new Random(17);
        int tooMuch = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Reservoir<Integer> drawn = new Reservoir<>(sample, random);
            IntStream.range(0, ALL).forEach(drawn::offer);
            tooMuch += drawn.drawn().stream().noneMatch(one -> one < broken) ? 1 : 0;
        }
        // three standard deviations of a share of one twentieth in so many trials
        double spread = 3 * Math.sqrt(ERROR * (1 - ERROR) / TRIALS);
        assertThat(tooMuch / (double) TRIALS).isBetween(ERROR - spread - 0.01, ERROR + spread);
    }

    @Test
    void reservoir_drawsEachEquallyOften() {
        int[] times = new int[100];
        Random random = new Random(4);
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            Reservoir<Integer> drawn = new Reservoir<>(10, random);
            IntStream.range(0, times.length).forEach(drawn::offer);
            assertThat(drawn.drawn()).hasSize(10).doesNotHaveDuplicates();
            drawn.drawn().forEach(one -> times[one]++);
        }
        double expected = rounds / 10.0;
        double chi = IntStream.of(times)
                .mapToDouble(time -> (time - expected) * (time - expected) / expected)
                .sum();
        // 99.9 % of all uniform draws stay below with 99 degrees of freedom
        assertThat(chi).isLessThan(148.2);
    }
}
