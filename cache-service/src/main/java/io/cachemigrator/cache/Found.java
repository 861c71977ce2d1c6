package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.tier.memory.HeldEntry;
import org.jspecify.annotations.Nullable;

/** What the tiers of a region hold under an id, before a codec reads it. */
sealed interface Found {

    /**
     * A live entry.
     *
     * @param envelope with its payload opened
     * @param tier name of the tier that answered
     * @param held the entry in memory that it was read from; null when it came from elsewhere
     */
    record Live(Envelope envelope, String tier, @Nullable HeldEntry held) implements Found {}

    /** An entry past its deadline and within the stale allowance. */
    record Past(Envelope envelope) implements Found {}

    /** No entry. */
    record Missing() implements Found {}

    /** Bytes that cannot be read, or must not be served. */
    record Damaged(Lookup.Undecodable.Kind kind, String reason) implements Found {}

    /** No tier could answer. */
    record Down(String reason) implements Found {}
}
