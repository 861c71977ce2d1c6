package io.cachemigrator.compat.stage;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How calls are routed. Immutable.
 *
 * @param mirror whether the consolidated stage also writes the legacy layout, which keeps it reversible
 * @param buckets which keys a canary takes
 * @param shadowPercent share of the reads, 0 to 100, that the shadow stage compares
 * @param shadowTimeout positive; a comparison that takes longer is reported as one that could not be made
 * @param report told of every comparison of the shadow stage, on a thread of its own
 */
public record StagedOptions(
        boolean mirror,
        StickyBuckets buckets,
        int shadowPercent,
        Duration shadowTimeout,
        Consumer<ShadowVerdict> report) {

    private static final String MIRROR = "CACHE_MIRROR_LEGACY";
    private static final String SALT = "CACHE_CANARY_SALT";
    private static final String PERCENT = "CACHE_SHADOW_PERCENT";

    /** With a mirror, without a salt, a tenth of the reads compared, half a second for each. */
    public static final StagedOptions DEFAULTS =
            new StagedOptions(true, new StickyBuckets(""), 10, Duration.ofMillis(500), verdict -> {});

    /** Checks the ranges. */
    public StagedOptions {
        if (shadowPercent < 0 || shadowPercent > 100) {
            throw new IllegalArgumentException("The shadow stage compares 0 to 100 percent of the reads, and this is "
                    + shadowPercent + ". Correct the percentage.");
        }
        if (shadowTimeout.isNegative() || shadowTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "A comparison needs time, and this is " + shadowTimeout + ". Give it a positive duration.");
        }
    }

    /**
     * As environment variables say: {@code CACHE_MIRROR_LEGACY} ({@code true} or {@code false}), {@code CACHE_CANARY_SALT} (any
     * text, the same in every process), {@code CACHE_SHADOW_PERCENT} (0 to 100). Differences that the shadow stage finds are
     * logged and counted; see {@link ShadowReport}.
     *
     * @throws IllegalStateException if a variable has another value
     */
    public static StagedOptions fromEnvironment(Map<String, String> environment) {
        StickyBuckets buckets = new StickyBuckets(environment.getOrDefault(SALT, ""));
        return DEFAULTS.withMirror(mirrors(environment))
                .withBuckets(buckets)
                .withShadow(percent(environment), DEFAULTS.shadowTimeout, new ShadowReport());
    }

    private static boolean mirrors(Map<String, String> environment) {
        String text = environment.getOrDefault(MIRROR, "").strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "", "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw refused(MIRROR, text, "true, false");
        };
    }

    private static int percent(Map<String, String> environment) {
        String text = environment.getOrDefault(PERCENT, "").strip();
        if (text.isEmpty()) {
            return DEFAULTS.shadowPercent;
        }
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= 100) {
            return Integer.parseInt(text);
        }
        throw refused(PERCENT, text, "0 to 100");
    }

    private static IllegalStateException refused(String variable, String text, String allowed) {
        return new IllegalStateException(
                variable + " is '" + text + "'; allowed: " + allowed + ". Correct the variable, or unset it.");
    }

    /** A copy that mirrors, or does not. */
    public StagedOptions withMirror(boolean on) {
        return new StagedOptions(on, buckets, shadowPercent, shadowTimeout, report);
    }

    /** A copy with other buckets. */
    public StagedOptions withBuckets(StickyBuckets other) {
        return new StagedOptions(mirror, other, shadowPercent, shadowTimeout, report);
    }

    /** A copy that compares another share of the reads, and tells somebody of it. */
    public StagedOptions withShadow(int percent, Duration timeout, Consumer<ShadowVerdict> listener) {
        return new StagedOptions(mirror, buckets, percent, timeout, listener);
    }
}
