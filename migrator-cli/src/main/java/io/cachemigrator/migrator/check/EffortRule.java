package io.cachemigrator.migrator.check;

import io.cachemigrator.migrator.inventory.Gap;
import java.util.Locale;

/** How many points of effort a finding is worth, and why. The scale is 0, 1, 3, 5, 7, 13. */
public enum EffortRule {
    /** A recipe changes it, or the toolkit moves it. */
    AUTOMATIC(0, "the toolkit changes it"),
    /** A recipe changes it over an adapter, which somebody should remove some day. */
    ADAPTED(1, "the toolkit changes it over an adapter that keeps the old behaviour"),
    /** A person changes it without having to think. */
    TRIVIAL(1, "by hand, complexity low"),
    /** The build or a jar has to be put right, then the finding goes. */
    MEND(1, "nothing to change in the code: compile it, or complete the class path"),
    /** A person has to look at what is around it. */
    COMPLEX(3, "by hand, complexity medium"),
    /** Somebody has to decide how the code shall work. */
    REDESIGN(5, "by hand, complexity high, at most 8 hours"),
    /** Somebody has to decide how the application shall work. */
    REARCHITECTURE(7, "by hand, complexity high, more than 8 hours"),
    /** Nobody knows what is there. */
    UNKNOWN(13, "not known: code that could not be read or typed");

    private static final long A_DAY_IN_MINUTES = 8 * 60;

    private final int points;
    private final String when;

    EffortRule(int points, String when) {
        this.points = points;
        this.when = when;
    }

    /** The points. */
    public int points() {
        return points;
    }

    /** When it applies, in words. */
    public String when() {
        return when;
    }

    /** The rule's name in reports. */
    public String rule() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of what a person changes. */
    static EffortRule byHand(String complexity, long mostMinutes) {
        return switch (complexity) {
            case "low" -> TRIVIAL;
            case "medium" -> COMPLEX;
            default -> mostMinutes > A_DAY_IN_MINUTES ? REARCHITECTURE : REDESIGN;
        };
    }

    static EffortRule of(Gap.Kind gap) {
        return switch (gap) {
            case UNTYPED, UNPARSABLE, NEWER_SYNTAX -> UNKNOWN;
            case OTHER_LANGUAGE -> COMPLEX;
            case UNKNOWN_IMPORT,
                    MISSING_DEPENDENCY,
                    UNKNOWN_CLASSPATH,
                    OUTSIDE_LINK,
                    NOT_COMPILED,
                    CLASS_MISSING,
                    CLASS_STALE,
                    CLASS_UNREADABLE,
                    ONLY_IN_SOURCE -> MEND;
        };
    }
}
