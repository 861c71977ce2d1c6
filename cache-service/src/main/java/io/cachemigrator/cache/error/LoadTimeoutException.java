package io.cachemigrator.cache.error;

import java.time.Duration;
import java.util.Map;

/**
 * A load that took longer than a caller without any value is to wait. It goes on, and what it gives is stored: a later call
 * finds it.
 */
public final class LoadTimeoutException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Of a load in a region. */
    public LoadTimeoutException(String region, String id, Duration hardTimeout) {
        super(
                CacheErrorCode.LOAD_TIMEOUT,
                "The loader of an entry in region '" + region + "' did not end within " + hardTimeout
                        + ". It goes on, and its value will be stored. Call again later, or set a longer hard timeout.",
                Map.of("region", region, "id", id, "hardTimeout", hardTimeout),
                null);
    }
}
