package io.cachemigrator.cache.tier;

import org.jspecify.annotations.Nullable;

/**
 * What became of clearing.
 *
 * @param removed entries removed
 * @param failure why it was not finished, in a line; null when it was
 */
public record Cleared(long removed, @Nullable String failure) {}
