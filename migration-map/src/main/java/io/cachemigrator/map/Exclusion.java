package io.cachemigrator.map;

/**
 * Legacy keys that are left as they are, and reported.
 *
 * @param pattern the keys, written as a key space's pattern
 * @param reason why they are left
 */
public record Exclusion(String pattern, String reason) {}
