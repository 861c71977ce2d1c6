package io.cachemigrator.map.encoding;

/**
 * How much one legacy value may ask of the reader. What a store holds is not trusted: beyond a limit a value is
 * refused, never read in part.
 *
 * @param maxBytes how long a value may be, before and after decompression, in bytes; at least 1
 * @param maxElements how many elements a pickle may hold; at least 1
 * @param maxDepth how deep a pickle's containers may be nested; 1 to 1000
 */
public record DecodingLimits(int maxBytes, int maxElements, int maxDepth) {
    /** 64 MiB, a million elements, 200 levels. */
    public static final DecodingLimits DEFAULT = new DecodingLimits(64 << 20, 1_000_000, 200);

    /** Checks the ranges. */
    public DecodingLimits {
        if (maxBytes < 1 || maxElements < 1 || maxDepth < 1 || maxDepth > 1000) {
            throw new IllegalArgumentException("Limits out of range: " + maxBytes + " bytes, " + maxElements
                    + " elements, depth " + maxDepth + ". Use positive limits and a depth of at most 1000.");
        }
    }
}
