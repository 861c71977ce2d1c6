package io.cachemigrator.migrator.data;

/**
 * On what terms a batch is written.
 *
 * @param readAtMicros when the batch was read at the latest, by the target's clock in microseconds since the epoch; never later
 *     than it was in truth
 * @param legacyCounts whether the legacy layout counts: then what is older than the batch may be replaced although the
 *     application wrote it
 */
record WriteTerms(long readAtMicros, boolean legacyCounts) {}
