package io.cachemigrator.migrator.journal;

/**
 * How far a slice of the copy has come; everything before it is copied and was read back.
 *
 * @param slice name of the slice
 * @param position SCAN cursor to go on from
 * @param server run id of the server that gave the cursor, which means nothing to another
 * @param counts counters so far, as JSON
 * @param done whether the slice is finished
 */
public record Checkpoint(String slice, String position, String server, String counts, boolean done) {}
