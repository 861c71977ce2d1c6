package io.cachemigrator.cache.tier;

import java.util.List;

/** What became of a put. */
public sealed interface PutResult {

    /**
     * All were stored.
     *
     * @param envelopes as they were stored, with their times, in the order given
     */
    record Stored(List<byte[]> envelopes) implements PutResult {}

    /** The condition did not hold; nothing was stored. */
    record ConditionNotMet() implements PutResult {}

    /** One is larger than the tier takes; nothing was stored. */
    record TooLarge() implements PutResult {}
}
