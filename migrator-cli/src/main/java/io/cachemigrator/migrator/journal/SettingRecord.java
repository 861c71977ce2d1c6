package io.cachemigrator.migrator.journal;

/**
 * A setting of a server that a run changes, to be set back.
 *
 * @param server its host and port
 * @param name setting's name
 * @param before what it was
 * @param changed what the run sets, as the server then tells it
 */
public record SettingRecord(String server, String name, String before, String changed) {}
