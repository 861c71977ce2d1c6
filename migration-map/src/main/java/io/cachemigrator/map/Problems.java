package io.cachemigrator.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong in one document. */
final class Problems {
    private static final int MAX_ECHO = 120;

    private final List<MapProblem> found = new ArrayList<>();

    void add(@Nullable Mark at, String path, String message) {
        add(at, path, message, List.of(), null);
    }

    /** Reports a value that is not among the allowed ones. */
    void notAllowed(@Nullable Mark at, String path, String message, String written, List<String> allowed) {
        add(at, path, message, allowed, nearest(written, allowed));
    }

    private void add(
            @Nullable Mark at, String path, String message, List<String> allowed, @Nullable String suggestion) {
        int line = at == null ? 1 : at.getLine() + 1;
        int column = at == null ? 1 : at.getColumn() + 1;
        boolean known = found.stream()
                .anyMatch(other -> other.line() == line
                        && other.column() == column
                        && other.path().equals(path));
        if (!known) { // one fault often shows in several checks; the first is the plainest
            found.add(new MapProblem(line, column, path, message, allowed, suggestion));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<MapProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(MapProblem::line).thenComparingInt(MapProblem::column))
                .toList();
    }

    /** What was written, short enough for a message. */
    static String echo(String written) {
        String line = written.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MAX_ECHO ? line.substring(0, MAX_ECHO) + "..." : line;
    }

    static @Nullable String nearest(String written, List<String> allowed) {
        String wanted = written.toLowerCase(Locale.ROOT);
        if (wanted.length() > MAX_ECHO) {
            return null;
        }
        Optional<String> nearest =
                allowed.stream().min(Comparator.comparingInt(candidate -> distance(wanted, candidate)));
        return nearest.filter(candidate -> distance(wanted, candidate) <= Math.max(1, candidate.length() / 2))
                .orElse(null);
    }

    /** The number of single-character edits between two texts, letter case aside. */
    private static int distance(String wanted, String candidate) {
        String other = candidate.toLowerCase(Locale.ROOT);
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int best = Math.min(diagonal + cost, Math.min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[other.length()];
    }
}
