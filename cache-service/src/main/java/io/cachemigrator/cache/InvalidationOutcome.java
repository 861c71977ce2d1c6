package io.cachemigrator.cache;

import java.util.OptionalLong;

/**
 * What became of an invalidation by tag or prefix.
 *
 * @param recorded whether the record that makes the entries invisible was written to the authoritative tier
 * @param entries how many entries it hit, where the region keeps a tag index; else empty
 */
public record InvalidationOutcome(boolean recorded, OptionalLong entries) {}
