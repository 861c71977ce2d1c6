package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables as typed values; a blank one counts as absent. Immutable. */
final class Variables {
    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    boolean has(String name) {
        return !raw(name).isEmpty();
    }

    String text(String name, String defaultValue) {
        return has(name) ? raw(name) : defaultValue;
    }

    /** Its exact characters; null when it is empty. */
    @Nullable
    String secret(String name) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    int number(String name, int defaultValue, int min, int max) {
        if (!has(name)) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(raw(name));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // one message for both faults
        }
        throw bad(name, "a whole number from " + min + " to " + max);
    }

    boolean flag(String name) {
        return switch (raw(name).toLowerCase(Locale.ROOT)) {
            case "", "false", "0", "no", "off" -> false;
            case "true", "1", "yes", "on" -> true;
            default -> throw bad(name, "true or false");
        };
    }

    Duration duration(String name, Duration defaultValue) {
        if (!has(name)) {
            return defaultValue;
        }
        String text = raw(name).toUpperCase(Locale.ROOT);
        try {
            Duration given = text.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.parse(text.startsWith("P") ? text : text.endsWith("D") ? "P" + text : "PT" + text);
            if (!given.isZero() && !given.isNegative()) {
                return given;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // one message for both faults
        }
        throw bad(name, "a positive number of seconds, or a duration such as 90s, 15m, 1h or PT1H30M");
    }

    ConfigurationException bad(String name, String allowed) {
        return fault(name + " is '" + values.get(name) + "'; allowed: " + allowed + ". Correct the variable.");
    }

    static ConfigurationException fault(String message) {
        return new ConfigurationException(CacheErrorCode.BAD_CONFIGURATION, message, Map.of());
    }

    private String raw(String name) {
        return values.getOrDefault(name, "").strip();
    }
}
