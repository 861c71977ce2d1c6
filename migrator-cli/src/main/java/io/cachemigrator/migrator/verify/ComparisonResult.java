package io.cachemigrator.migrator.verify;

import io.cachemigrator.validation.consistency.Difference;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param mode {@code full} or {@code sample}
 * @param keys legacy keys in the key spaces that are carried over
 * @param confidence what the comparison shows: 1 when full; else the share of keys of which, with 95 % certainty, at most
 *     the rest could differ when no difference was found
 * @param compared entries compared
 * @param equal entries that are equal
 * @param newer entries that the application has written in the target since
 * @param setAside entries that cannot be carried over
 * @param differenceCount differences found
 * @param differences the first of them
 */
public record ComparisonResult(
        String mode,
        long keys,
        double confidence,
        long compared,
        long equal,
        long newer,
        long setAside,
        long differenceCount,
        List<Difference> differences) {}
