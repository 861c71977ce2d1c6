package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Envelope;

/** What the tiers of a region hold under an id, before a codec reads it. */
sealed interface Found {

    /** A live entry, and the name of the tier that answered. */
    record Live(Envelope envelope, String tier) implements Found {}

    /** An entry past its deadline and within the stale allowance. */
    record Past(Envelope envelope) implements Found {}

    /** No entry. */
    record Missing() implements Found {}

    /** Bytes that cannot be read. */
    record Damaged(String reason) implements Found {}

    /** No tier could answer. */
    record Down(String reason) implements Found {}
}
