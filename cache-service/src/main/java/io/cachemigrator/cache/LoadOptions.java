package io.cachemigrator.cache;

/**
 * How a load behaves. Immutable.
 *
 * @param write how a loaded value is stored
 * @param storeNull whether a null result is stored, so that the loader is not asked again until it expires
 * @param staleOnFailure whether a stale value within the region's allowance is returned when the loader fails
 */
public record LoadOptions(WriteOptions write, boolean storeNull, boolean staleOnFailure) {

    /** Region's defaults, nulls not stored, stale value on failure. */
    public static final LoadOptions DEFAULTS = new LoadOptions(WriteOptions.DEFAULTS, false, true);

    /** Defaults with these write options. */
    public static LoadOptions writing(WriteOptions write) {
        return new LoadOptions(write, false, true);
    }

    /** A copy that stores nulls. */
    public LoadOptions storingNull() {
        return new LoadOptions(write, true, staleOnFailure);
    }

    /** A copy that lets a loader's failure through even when a stale value is there. */
    public LoadOptions failingFast() {
        return new LoadOptions(write, storeNull, false);
    }
}
