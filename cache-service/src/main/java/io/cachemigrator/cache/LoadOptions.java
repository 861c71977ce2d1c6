package io.cachemigrator.cache;

import io.cachemigrator.cache.config.LoadConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a load behaves. Immutable; the methods return changed copies.
 *
 * @param write how a loaded value is stored
 * @param storeNull whether a null result is stored, so that the loader is not asked again until it expires
 * @param staleOnFailure whether a stale value within the region's allowance is returned when the loader fails
 * @param loading timeouts, early refresh and the like for this call; null = as the region is configured
 */
public record LoadOptions(
        WriteOptions write,
        boolean storeNull,
        boolean staleOnFailure,
        @Nullable LoadConfig loading) {

    /** Region's defaults, nulls not stored, stale value on failure. */
    public static final LoadOptions DEFAULTS = new LoadOptions(WriteOptions.DEFAULTS, false, true, null);

    /** Defaults with these write options. */
    public static LoadOptions writing(WriteOptions write) {
        return new LoadOptions(write, false, true, null);
    }

    /** A copy that stores nulls. */
    public LoadOptions storingNull() {
        return new LoadOptions(write, true, staleOnFailure, loading);
    }

    /** A copy that lets a loader's failure through even when a stale value is there. */
    public LoadOptions failingFast() {
        return new LoadOptions(write, storeNull, false, loading);
    }

    /** A copy that loads as this says rather than as the region is configured. */
    public LoadOptions withLoading(LoadConfig config) {
        return new LoadOptions(write, storeNull, staleOnFailure, config);
    }
}
