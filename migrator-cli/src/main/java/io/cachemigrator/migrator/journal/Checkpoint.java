package io.cachemigrator.migrator.journal;

/**
 * How far a part of the copy has come: which keys were handed out in slices, and what became of those that are done.
 *
 * @param part name of the part
 * @param position SCAN cursor to go on from
 * @param server identity of the server that gave the cursor, which means nothing to another
 * @param counts counters of the slices that are done, as JSON
 * @param handedOut whether every key was handed out
 * @param done whether every slice is done as well
 */
public record Checkpoint(String part, String position, String server, String counts, boolean handedOut, boolean done) {}
