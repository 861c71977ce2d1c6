package io.cachemigrator.migrator.verify;

import io.cachemigrator.validation.consistency.Difference;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param mode {@code full}, {@code digest} or {@code sample}
 * @param keys legacy keys in the key spaces that are carried over
 * @param confidence what the comparison shows: 1 when every entry was compared; else the share of which, with 95 % certainty,
 *     at least as much is equal in either direction
 * @param compared entries compared
 * @param equal entries that are equal
 * @param newer entries that the application has written in the target since
 * @param setAside entries that cannot be carried over
 * @param moving entries that were changed on both sides at every look, so that a mirror follows them
 * @param buckets buckets that were compared by digest
 * @param bucketsRead those of them that differed, and were compared entry by entry
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
        long moving,
        long buckets,
        long bucketsRead,
        long differenceCount,
        List<Difference> differences) {}
