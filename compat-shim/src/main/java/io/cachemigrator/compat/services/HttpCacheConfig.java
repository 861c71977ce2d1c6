package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.http.HttpEnvelope;
import io.cachemigrator.cache.domain.http.HttpPolicy;
import java.time.Duration;

/**
 * What holds for all responses of an {@link HttpCacheService}.
 *
 * @param maxEntrySizeMb largest response in mebibytes; 1 to 2047
 * @param compressionThresholdBytes responses of fewer bytes are not compressed in the legacy layout; 0 or more
 * @param defaultTtl how long a response is fresh that brings no time; zero = five minutes
 * @param staleTtl how long after that it may be served as stale; zero = an hour
 * @param maxTagsPerEntry 1 to 64; further tags are left out
 * @param enableCompression whether the legacy layout compresses; the consolidated one does as its region is configured
 * @param enableDistributedSync without effect, as it always was: entries and tags are shared through the server
 * @deprecated use {@link HttpPolicy}, and the region's own configuration for compression
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HttpCacheConfig(
        int maxEntrySizeMb,
        int compressionThresholdBytes,
        Duration defaultTtl,
        Duration staleTtl,
        int maxTagsPerEntry,
        boolean enableCompression,
        boolean enableDistributedSync) {
    private static final int MEBIBYTE = 1 << 20;

    /** The legacy defaults: 10 MiB, from 1,024 bytes, five minutes, an hour, 20 tags, compressed. */
    public static final HttpCacheConfig DEFAULTS = new HttpCacheConfig(
            10, HttpEnvelope.COMPRESS_FROM, Duration.ofMinutes(5), Duration.ofHours(1), 20, true, false);

    /** Checks the ranges. */
    public HttpCacheConfig {
        if (maxEntrySizeMb < 1 || maxEntrySizeMb > 2047 || compressionThresholdBytes < 0) {
            throw new IllegalArgumentException("The largest response is " + maxEntrySizeMb
                    + " MiB and compression starts at " + compressionThresholdBytes
                    + " bytes. Give 1 to 2047 MiB, and 0 or more bytes.");
        }
    }

    HttpPolicy policy() {
        HttpPolicy defaults = HttpPolicy.DEFAULTS;
        return new HttpPolicy(
                defaultTtl.isZero() ? defaults.ttl() : defaultTtl,
                staleTtl.isZero() ? defaults.staleTtl() : staleTtl,
                maxTagsPerEntry,
                (int) Math.min(Integer.MAX_VALUE, (long) maxEntrySizeMb * MEBIBYTE));
    }

    int compressFrom() {
        return enableCompression ? compressionThresholdBytes : Integer.MAX_VALUE;
    }
}
