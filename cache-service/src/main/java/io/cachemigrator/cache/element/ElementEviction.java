package io.cachemigrator.cache.element;

/** Which element leaves a full cache. */
public enum ElementEviction {
    /** The one whose last use is longest ago. */
    LRU,
    /** One with few uses: the one with the fewest among the oldest thirty. */
    LFU,
    /** The one that was stored first. */
    FIFO;

    /**
     * By its name in any case; what is no name is {@link #LRU}, as ever.
     *
     * @throws IllegalArgumentException for {@code CLOCK}, which has no counterpart
     */
    public static ElementEviction fromString(String name) {
        for (ElementEviction known : values()) {
            if (known.name().equalsIgnoreCase(name)) {
                return known;
            }
        }
        if ("CLOCK".equalsIgnoreCase(name)) {
            throw new IllegalArgumentException("The eviction CLOCK has no counterpart. Choose LRU, LFU or FIFO.");
        }
        return LRU;
    }
}
