package io.cachemigrator.cache;

/** What became of an atomic increment. */
public sealed interface CounterResult {

    /**
     * The new value.
     *
     * @param value after the addition
     */
    record Counted(long value) implements CounterResult {}

    /**
     * The entry does not hold a 64-bit integer, or the sum would not be one; nothing was changed.
     *
     * @param reason which of the two
     */
    record Refused(String reason) implements CounterResult {}

    /**
     * The authoritative tier could not be reached.
     *
     * @param reason what went wrong, in a line, without secrets
     */
    record Unavailable(String reason) implements CounterResult {}
}
