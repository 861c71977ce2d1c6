package io.cachemigrator.cache;

import java.time.Instant;
import java.util.Map;

/**
 * Counters of the whole service.
 *
 * @param since when the service was opened
 * @param regions statistics by region name
 */
public record CacheStatistics(Instant since, Map<String, RegionStatistics> regions) {}
