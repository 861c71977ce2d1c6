package io.cachemigrator.recipes.exchange;

/** What a call may throw, as far as catch clauses for failures of caches are concerned. */
public enum Throws {
    /** What a call of a cache of the family throws. */
    LOAD,
    /** The same type, but from elsewhere. */
    FOREIGN,
    /** What the class that declares it throws. */
    UNKNOWN,
    /** Nothing of the kind. */
    NOTHING
}
