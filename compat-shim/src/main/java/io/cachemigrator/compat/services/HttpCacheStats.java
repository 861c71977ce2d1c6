package io.cachemigrator.compat.services;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Statistics of an {@link HttpCacheService}: entries as they are now, counts since it was made.
 *
 * @param totalEntries responses that are kept; -1 when the store cannot be asked
 * @param totalBytes their size as they are stored; -1 when the store cannot be asked
 * @param tags different tags among them; -1 when the store cannot be asked
 * @param hitCount look-ups that found a response, fresh or stale
 * @param missCount look-ups that found none
 * @param unavailableCount look-ups that could not be answered
 * @param evictionCount responses that were removed through this service
 * @param tooLargeCount responses that were refused because of their size
 * @param compressionRatio size as it is stored divided by size as text, of the responses stored through this service while the
 *     legacy layout counted; 0 before the first
 * @param responseTime mean time of a look-up; zero before the first
 * @deprecated use {@link io.cachemigrator.cache.domain.http.HttpStatistics}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HttpCacheStats(
        long totalEntries,
        long totalBytes,
        long tags,
        long hitCount,
        long missCount,
        long unavailableCount,
        long evictionCount,
        long tooLargeCount,
        double compressionRatio,
        Duration responseTime) {
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS = 1_000_000;

    /**
     * Hits divided by answered look-ups, 0 to 1; 0 when there were none.
     *
     * @deprecated use {@link io.cachemigrator.cache.domain.http.HttpStatistics#hitRate()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public double hitRate() {
        return hitCount + missCount == 0 ? 0 : (double) hitCount / (hitCount + missCount);
    }

    /**
     * The fields under their legacy names.
     *
     * @deprecated read the fields of {@link io.cachemigrator.cache.domain.http.HttpStatistics}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("total_entries", totalEntries);
        fields.put("total_size_mb", totalBytes < 0 ? -1.0 : Math.round(totalBytes / MEBIBYTE * 100) / 100.0);
        fields.put("hit_rate", String.format(Locale.ROOT, "%.2f%%", hitRate() * 100));
        fields.put("hit_count", hitCount);
        fields.put("miss_count", missCount);
        fields.put("eviction_count", evictionCount);
        fields.put("compression_ratio", String.format(Locale.ROOT, "%.2f", compressionRatio));
        fields.put("tags_count", tags);
        fields.put("avg_response_time_ms", responseTime.toNanos() / NANOS);
        return fields;
    }
}
