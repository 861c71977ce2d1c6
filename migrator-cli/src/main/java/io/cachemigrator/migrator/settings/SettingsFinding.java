package io.cachemigrator.migrator.settings;

/**
 * A legacy setting in a file.
 *
 * @param path path in the project, with forward slashes
 * @param line its line, from 1
 * @param key its key as written
 * @param replacement what takes its place, in words
 * @param automatic whether it is changed for the user
 * @param rule which rule says so
 */
public record SettingsFinding(String path, int line, String key, String replacement, boolean automatic, String rule) {}
