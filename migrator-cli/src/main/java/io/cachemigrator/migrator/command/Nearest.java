package io.cachemigrator.migrator.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest changed letters, when they are few. */
    static Optional<String> to(String typed, Collection<String> candidates) {
        int most = Math.max(1, (typed.length() + 1) / 3);
        return candidates.stream()
                .filter(candidate ->
                        distance(typed, candidate) <= most || (typed.length() > 2 && candidate.startsWith(typed)))
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
