package io.cachemigrator.migrator.source;

/**
 * A source file and its rewritten form.
 *
 * @param file path in the project, with forward slashes
 * @param before content as found
 * @param after content as wanted
 * @param diff unified diff
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SourcePatch(String file, byte[] before, byte[] after, String diff) {}
