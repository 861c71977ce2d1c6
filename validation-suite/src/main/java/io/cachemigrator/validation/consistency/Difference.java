package io.cachemigrator.validation.consistency;

/**
 * An entry that is not the same on both sides. Values are described, never shown.
 *
 * @param region region's name
 * @param id id in it
 * @param kind what differs
 * @param legacy what the legacy store has, in words
 * @param target what the target has, in words
 */
public record Difference(String region, String id, Kind kind, String legacy, String target) {

    /** What differs. */
    public enum Kind {
        /** The target lacks it. */
        MISSING,
        /** The legacy store lacks what a copy left in the target. */
        EXTRA,
        /** The values differ. */
        VALUE,
        /** The codecs differ. */
        TYPE,
        /** The deadlines differ by more than a second. */
        TTL
    }
}
