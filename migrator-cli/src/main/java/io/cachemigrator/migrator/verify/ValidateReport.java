package io.cachemigrator.migrator.verify;

import io.cachemigrator.validation.consistency.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What validate found.
 *
 * @param scope what was compared
 * @param compared entries compared
 * @param equal entries that are equal
 * @param newer entries that the application has written in the target since
 * @param setAside entries that cannot be carried over
 * @param moving entries that were changed on both sides at every look
 * @param differenceCount differences in all
 * @param differences the first of them
 * @param contract behaviour contract of the target
 * @param performance comparison with the recorded baseline
 * @param architecture architecture rules on the project's classes
 */
public record ValidateReport(
        Scope scope,
        long compared,
        long equal,
        long newer,
        long setAside,
        long moving,
        long differenceCount,
        List<Difference> differences,
        Contract contract,
        Performance performance,
        Architecture architecture) {

    /**
     * What was compared.
     *
     * @param mode {@code full}, {@code digest} or {@code sample}
     * @param keys legacy keys that are carried over
     * @param confidence 1 when every entry was compared; else the share of which, with 95 % certainty, at least as much is
     *     equal in either direction
     * @param buckets buckets of entries that were compared by digest
     * @param bucketsRead those of them that differed, and were compared entry by entry
     * @param resumed whether some of it was compared by an earlier command that did not end
     */
    public record Scope(String mode, long keys, double confidence, long buckets, long bucketsRead, boolean resumed) {}

    /**
     * Behaviour contract.
     *
     * @param run checks run
     * @param failed names of those that failed
     */
    public record Contract(int run, List<String> failed) {}

    /**
     * Comparison with the recorded baseline.
     *
     * @param ratio speed of the service beside the legacy path, both measured in turns; 0 when not measured
     * @param baseline the baseline's file; empty when none was given
     * @param verdict {@code NOT_MEASURED}, {@code RECORDED}, {@code OK} or {@code WORSE}
     * @param interval ends of the interval that holds the ratio with 95 % confidence; empty when not measured
     * @param worse what is worse than it may be
     * @param recorded the legacy path as it was recorded; null when nothing was
     * @param legacy the legacy path now; null when it was not measured
     * @param service the consolidated service now; null when it was not measured
     */
    public record Performance(
            double ratio,
            String baseline,
            String verdict,
            List<Double> interval,
            List<String> worse,
            @Nullable Figures recorded,
            @Nullable Figures legacy,
            @Nullable Figures service) {
        /** Without a measurement. */
        public static final Performance NOT_MEASURED =
                new Performance(0, "", "NOT_MEASURED", List.of(), List.of(), null, null, null);
    }

    /**
     * Architecture rules.
     *
     * @param rules rules run
     * @param violations violations found
     */
    public record Architecture(int rules, List<String> violations) {}
}
