package io.cachemigrator.cache.config.source;

/**
 * One setting as it was found.
 *
 * @param text its text
 * @param origin where, for people: a file and line, or a variable's name
 */
record ConfigValue(String text, String origin) {}
