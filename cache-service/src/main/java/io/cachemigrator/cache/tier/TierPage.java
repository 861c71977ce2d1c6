package io.cachemigrator.cache.tier;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of a region's entries.
 *
 * @param entries envelopes by id, as stored; tombstones and invalidated entries are not among them
 * @param next where the next page starts; null = there is none
 */
public record TierPage(
        Map<String, byte[]> entries, @Nullable String next) {}
