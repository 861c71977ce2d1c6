package io.cachemigrator.cache.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Compares names of settings, so that a misspelt one can be told what was probably meant. */
public final class SettingNames {
    private SettingNames() {}

    /** A name without case, dots, dashes and underscores. */
    public static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /** The known name that is most like another, if it is like it at all. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String bare = bare(name);
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(bare, bare(each))))
                .filter(best -> distance(bare, bare(best)) <= Math.max(2, bare.length() / 3));
    }

    /** What to say of a name that is none of the known ones. */
    public static String unknown(String name, Collection<String> known) {
        return name + " is not a setting; "
                + nearest(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known: " + String.join(", ", known));
    }

    /** How many letters differ (Levenshtein). */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
