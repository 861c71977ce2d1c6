package io.cachemigrator.cache.maintenance;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are to go: those that meet every criterion given. Immutable; the {@code with} methods return changed copies.
 *
 * @param olderThan written at least this long ago; null = whenever
 * @param confidenceBelow JSON values whose member {@code confidence} is a number below this; null = whatever it is
 * @param tag entries with this tag; null = with any or none
 * @param pattern entries whose id matches: {@code *} any text, {@code ?} any character, a backslash before either means itself;
 *     null = whatever their id
 */
public record ClearSelection(
        @Nullable Duration olderThan,
        @Nullable Double confidenceBelow,
        @Nullable String tag,
        @Nullable String pattern) {

    /** Every entry. */
    public static final ClearSelection ALL = new ClearSelection(null, null, null, null);

    /** Checks. */
    public ClearSelection {
        if (olderThan != null && olderThan.isNegative()) {
            throw new IllegalArgumentException("An age is " + olderThan + "; give zero or a positive duration.");
        }
        if (confidenceBelow != null && !(confidenceBelow >= 0 && confidenceBelow <= 1)) {
            throw new IllegalArgumentException("A confidence is " + confidenceBelow + "; give 0 to 1.");
        }
    }

    /** Whether nothing is selected by: every entry is meant. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** A copy for entries of an age. */
    public ClearSelection withOlderThan(Duration age) {
        return new ClearSelection(age, confidenceBelow, tag, pattern);
    }

    /** A copy for entries below a confidence. */
    public ClearSelection withConfidenceBelow(double confidence) {
        return new ClearSelection(olderThan, confidence, tag, pattern);
    }

    /** A copy for entries with a tag. */
    public ClearSelection withTag(String required) {
        return new ClearSelection(olderThan, confidenceBelow, required, pattern);
    }

    /** A copy for entries whose id matches a pattern. */
    public ClearSelection withPattern(String glob) {
        return new ClearSelection(olderThan, confidenceBelow, tag, glob);
    }

    /** The pattern as a regular expression, in which all else means itself. */
    static Pattern compiled(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char each = glob.charAt(i);
            if (each == '*') {
                // possessive stars would be wrong, and several in a row mean no more than one
                if (i == 0 || glob.charAt(i - 1) != '*') {
                    regex.append(".*");
                }
            } else if (each == '?') {
                regex.append('.');
            } else if (each == '\\' && i + 1 < glob.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
            } else {
                regex.append(Pattern.quote(String.valueOf(each)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
