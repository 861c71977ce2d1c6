package io.cachemigrator.migrator.journal;

/**
 * A file that a run changes.
 *
 * @param path path in the project, with forward slashes
 * @param kind {@code source} or {@code config}
 * @param beforeSha256 content before the run; it is in the backup
 * @param afterSha256 content after the run
 */
public record FileChange(String path, String kind, String beforeSha256, String afterSha256) {}
