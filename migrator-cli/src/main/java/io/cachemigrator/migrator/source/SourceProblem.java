package io.cachemigrator.migrator.source;

/**
 * Something that keeps the inventory of sources from being complete.
 *
 * @param file path in the project
 * @param line its line, from 1
 * @param message what is wrong, in words
 */
public record SourceProblem(String file, int line, String message) {

    /** In a line, for people. */
    public String display() {
        return file + (line > 0 ? ":" + line : "") + " is not fully covered: " + message;
    }
}
