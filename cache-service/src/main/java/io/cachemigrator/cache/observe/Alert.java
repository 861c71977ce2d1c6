package io.cachemigrator.cache.observe;

import java.time.Instant;
import java.util.Locale;

/**
 * A threshold that is exceeded, or no longer.
 *
 * @param region region's name
 * @param tier tier's name; empty when the region as a whole is meant
 * @param threshold what was exceeded
 * @param value what was measured, in the threshold's unit
 * @param raised whether it is exceeded now; false: it was, and is no longer
 * @param at when it was noticed
 */
public record Alert(String region, String tier, Threshold threshold, double value, boolean raised, Instant at) {

    /** What happened, in a line for people. */
    public String message() {
        String where = "Region '" + region + "'" + (tier.isEmpty() ? "" : ", " + tier + " tier");
        String what = threshold.metric().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return String.format(
                Locale.ROOT,
                "%s: %s is %.3f, limit %.3f%s",
                where,
                what,
                value,
                threshold.limit(),
                raised ? "" : " (recovered)");
    }
}
