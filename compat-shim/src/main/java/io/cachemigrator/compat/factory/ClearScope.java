package io.cachemigrator.compat.factory;

/** Which entries a cache could have written, and removes when it is cleared. */
enum ClearScope {
    /** Those of a language model's answers. */
    ANSWERS,
    /** Every entry that is a Redis string. */
    EVERYTHING
}
