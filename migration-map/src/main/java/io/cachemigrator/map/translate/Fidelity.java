package io.cachemigrator.map.translate;

/** How a translated payload relates to the legacy value. */
public enum Fidelity {
    /** The same bytes, and they are understood. */
    IDENTICAL,
    /** The same data in another shape or encoding. */
    TRANSFORMED,
    /** The data that the legacy value should have held, recovered from a damaged form. */
    RECOVERED,
    /** The same bytes, which nothing explains; to be reported. */
    OPAQUE
}
