package io.cachemigrator.map;

import java.util.List;

/** What came of reading a migration map. */
public sealed interface MapResult {
    /** Where the map was read from: a file's path or a built-in map's name. */
    String source();

    /**
     * The map is good.
     *
     * @param source where it was read from
     * @param map the map
     */
    record Valid(String source, MigrationMap map) implements MapResult {}

    /**
     * The map has problems, all of which are listed.
     *
     * @param source where it was read from
     * @param problems at least one, in the order of the document
     */
    record Invalid(String source, List<MapProblem> problems) implements MapResult {
        /** Takes a copy of the list. */
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * There is no text to judge: the file is missing, not readable, too large or not UTF-8.
     *
     * @param source where it should have been read from
     * @param reason why it was not, in one sentence that ends with what to do
     */
    record Unreadable(String source, String reason) implements MapResult {}
}
