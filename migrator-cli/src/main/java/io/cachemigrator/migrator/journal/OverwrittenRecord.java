package io.cachemigrator.migrator.journal;

/**
 * An entry of the target that a run replaced.
 *
 * @param region region's name
 * @param id id in it
 * @param backupSha256 name of its old bytes in the backup
 */
public record OverwrittenRecord(String region, String id, String backupSha256) {}
