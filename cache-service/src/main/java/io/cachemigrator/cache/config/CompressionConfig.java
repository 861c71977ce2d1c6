package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.Map;

/**
 * When payloads are compressed with Zstandard. Immutable.
 *
 * @param thresholdBytes 0 to 512 MiB: smaller payloads are kept as they are, and so are those that would not shrink
 * @param level 1 (fast) to 19 (small)
 */
public record CompressionConfig(int thresholdBytes, int level) {

    /** From 1 KiB on, at level 3. */
    public static final CompressionConfig DEFAULTS = new CompressionConfig(1_024, 3);

    /** Checks the ranges. */
    public CompressionConfig {
        require(thresholdBytes >= 0 && thresholdBytes <= 512 << 20, "threshold", thresholdBytes, "0 to 512 MiB");
        require(level >= 1 && level <= 19, "level", level, "1 to 19");
    }

    private static void require(boolean condition, String property, int value, String allowed) {
        if (!condition) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "compression." + property + " is '" + value + "'; allowed: " + allowed + ". Correct the value.",
                    Map.of("path", "compression." + property, "value", value, "allowed", allowed));
        }
    }
}
