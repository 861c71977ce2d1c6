package io.cachemigrator.compat.deprecation;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What becomes of a legacy call beside its being counted. */
public enum UsageMode {
    /** A warning in the log, once for each call site. */
    WARN,
    /** A {@link LegacyCallException}. */
    ERROR,
    /** Nothing. */
    SILENT;

    /** System property that names the mode; wins over {@link #VARIABLE}. */
    public static final String PROPERTY = "cachemigrator.deprecation";

    /** Environment variable that names the mode. */
    public static final String VARIABLE = "CACHE_DEPRECATION_MODE";

    /**
     * As property or variable says; {@link #WARN} when neither does.
     *
     * @throws IllegalStateException if it says anything else
     */
    static UsageMode of(Properties properties, Map<String, String> environment) {
        String text = properties
                .getProperty(PROPERTY, environment.getOrDefault(VARIABLE, ""))
                .strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "warn" -> WARN;
            case "error" -> ERROR;
            case "silent" -> SILENT;
            default ->
                throw new IllegalStateException("The deprecation mode is '" + text
                        + "'; allowed: warn, error, silent. Correct " + PROPERTY + " or " + VARIABLE + ".");
        };
    }
}
