package io.cachemigrator.migrator.command;

import java.util.List;

/**
 * What a command ends with.
 *
 * @param exitCode its exit code
 * @param document a record with the fields of its JSON document
 * @param text lines for people
 * @param nextSteps what may be done next, in order
 */
record CommandResult(int exitCode, Object document, List<String> text, List<String> nextSteps) {}
