package io.cachemigrator.cache.tier;

/** What became of an increment. */
public sealed interface Incremented {

    /** Reason of a refusal: the entry's value is not a 64-bit integer. */
    Refused NOT_AN_INTEGER = new Refused("the entry does not hold a 64-bit integer in plain decimal text");

    /** Reason of a refusal: the sum would not be a 64-bit integer. */
    Refused OVERFLOW = new Refused("the sum is outside the 64-bit range");

    /**
     * The new value.
     *
     * @param value after the addition
     */
    record Counted(long value) implements Incremented {}

    /**
     * Nothing was changed.
     *
     * @param reason why, in a line
     */
    record Refused(String reason) implements Incremented {}
}
