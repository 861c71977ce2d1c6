package io.cachemigrator.cache;

/**
 * What became of clearing.
 *
 * @param removed entries removed from the authoritative tier
 * @param complete false when it could not be finished; what was removed stays removed
 */
public record ClearOutcome(long removed, boolean complete) {}
