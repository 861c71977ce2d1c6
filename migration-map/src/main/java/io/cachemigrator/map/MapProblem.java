package io.cachemigrator.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a migration map.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 * @param path where in the document, such as {@code keySpaces[2].strategy}; empty for the document itself
 * @param message what is wrong, in one sentence
 * @param allowed the values that are allowed there; empty where they cannot be listed
 * @param suggestion the allowed value nearest to what is written, or null where none is near
 */
public record MapProblem(
        int line,
        int column,
        String path,
        String message,
        List<String> allowed,
        @Nullable String suggestion) {
    /** Takes a copy of the list. */
    public MapProblem {
        allowed = List.copyOf(allowed);
    }

    /** The problem in one line: position, path, what is wrong, what is allowed, what was probably meant. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append("line ")
                .append(line)
                .append(", column ")
                .append(column)
                .append(path.isEmpty() ? "" : ", " + path)
                .append(": ")
                .append(message);
        if (!allowed.isEmpty()) {
            text.append(" Allowed: ").append(String.join(", ", allowed)).append('.');
        }
        if (suggestion != null) {
            text.append(" Did you mean '").append(suggestion).append("'?");
        }
        return text.toString();
    }
}
