package io.cachemigrator.migrator.journal;

import java.util.List;

/**
 * Keys that one worker copies at a time. It stays in the journal until it is done.
 *
 * @param part part of the copy that it belongs to
 * @param number its place in that part
 * @param fence how often it was claimed; a result is only taken from the last who did
 * @param keys legacy keys
 */
public record Slice(String part, long number, long fence, List<byte[]> keys) {}
