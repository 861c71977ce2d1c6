package io.cachemigrator.migrator.journal;

import java.time.Instant;

/**
 * The stage of a project.
 *
 * @param name stage's name
 * @param percent share of keys read from the consolidated service, 0 to 100
 * @param since when it was set
 */
public record StageRecord(String name, int percent, Instant since) {}
