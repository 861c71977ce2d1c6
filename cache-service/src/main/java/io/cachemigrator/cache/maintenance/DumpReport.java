package io.cachemigrator.cache.maintenance;

/**
 * What a dump holds.
 *
 * @param entries entries
 * @param chunks parts, each checked by itself
 * @param damaged entries that could not be read and are not in it
 * @param resumed whether it went on from an unfinished one
 */
public record DumpReport(long entries, long chunks, long damaged, boolean resumed) {}
