package io.cachemigrator.cache.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of texts, so that statistics can tell short ones from long ones. Immutable.
 *
 * @param small shorter texts are small, in code points; positive
 * @param medium shorter ones are medium; more than {@code small}
 * @param large shorter ones are large, all others extra large; more than {@code medium}
 */
public record TextTiers(int small, int medium, int large) {

    /** 500, 5,000 and 50,000 code points. */
    public static final TextTiers DEFAULTS = new TextTiers(500, 5_000, 50_000);

    /** A size of texts. */
    public enum Tier {
        /** Shorter than {@link TextTiers#small()}. */
        SMALL,
        /** Shorter than {@link TextTiers#medium()}. */
        MEDIUM,
        /** Shorter than {@link TextTiers#large()}. */
        LARGE,
        /** All others. */
        XLARGE;

        /** Its name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the bounds are positive and rise. */
    public boolean rise() {
        return small > 0 && small < medium && medium < large;
    }

    /** The size of a text of so many code points. */
    public Tier of(int length) {
        if (length < small) {
            return Tier.SMALL;
        }
        if (length < medium) {
            return Tier.MEDIUM;
        }
        return length < large ? Tier.LARGE : Tier.XLARGE;
    }

    /** The bounds by name. */
    public Map<String, Integer> asMap() {
        return new TreeMap<>(Map.of("small", small, "medium", medium, "large", large));
    }
}
