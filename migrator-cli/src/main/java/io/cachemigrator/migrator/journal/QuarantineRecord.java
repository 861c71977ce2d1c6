package io.cachemigrator.migrator.journal;

/**
 * An entry that was set aside.
 *
 * @param key legacy key
 * @param keySpace key space that it belongs to
 * @param reason reason code
 * @param detail the reason in words, without the value
 */
public record QuarantineRecord(String key, String keySpace, String reason, String detail) {}
