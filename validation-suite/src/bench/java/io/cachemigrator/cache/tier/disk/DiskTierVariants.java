package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.tier.Tier;
import java.nio.file.Path;
import java.time.Clock;

/** The disk tier with and without what a benchmark wants to know the cost of. */
public final class DiskTierVariants {
    private DiskTierVariants() {}

    /** A tier that evicts by last use, or else in the order of writing. */
    public static Tier open(Path folder, long maxBytes, boolean recency) {
        return new DiskTier(
                DiskFolder.of(folder), new DiskConfig(folder, maxBytes), new DiskRecency(recency), Clock.systemUTC());
    }
}
