package io.cachemigrator.compat.stage;

/**
 * What a comparison of both layouts found for one read. Ids are never in it.
 *
 * @param pattern the key with its variable parts taken out
 * @param cause what was found
 */
public record ShadowVerdict(String pattern, Cause cause) {

    /** What a comparison found. */
    public enum Cause {
        /** Both give the same. */
        SAME,
        /** The consolidated layout has no entry. */
        MISSING,
        /** Only the consolidated layout has an entry. */
        EXTRA,
        /** The values differ. */
        VALUE,
        /** The legacy layout gave something else when it was asked again: nothing is said of the consolidated one. */
        MOVED,
        /** The consolidated layout cannot read what it has. */
        UNDECODABLE,
        /** The consolidated layout did not answer, or not in time. */
        UNAVAILABLE,
        /** There was no room for the comparison. */
        SKIPPED
    }
}
