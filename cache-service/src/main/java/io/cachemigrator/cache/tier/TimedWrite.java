package io.cachemigrator.cache.tier;

/**
 * A change that was made elsewhere at a time of its own.
 *
 * @param id id in the region
 * @param envelope an encoded envelope with its time and deadline; a tombstone stands for a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
public record TimedWrite(String id, byte[] envelope) {}
