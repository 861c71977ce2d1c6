package io.cachemigrator.cache;

/**
 * What became of a bulk delete.
 *
 * @param removed live entries removed
 * @param complete false when the authoritative tier could not be reached for some of the ids
 */
public record BulkDeletion(long removed, boolean complete) {}
