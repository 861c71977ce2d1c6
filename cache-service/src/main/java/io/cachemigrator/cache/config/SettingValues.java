package io.cachemigrator.cache.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings by name, read as what they are to be. A flag is no number, a fraction no whole number; text that spells one counts as
 * one. What is of another type is noted as a fault, without the value.
 */
final class SettingValues {
    private final Map<String, ?> values;
    private final List<String> faults;

    SettingValues(Map<String, ?> values, List<String> faults) {
        this.values = values;
        this.faults = faults;
    }

    /** A whole number; null when it is not given, or none. */
    @Nullable
    Long whole(String name) {
        @Nullable Object value = values.get(name);
        return value == null ? null : whole(name, value);
    }

    private @Nullable Long whole(String name, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof String text && text.strip().matches("[+-]?\\d{1,18}")) {
            return Long.valueOf(text.strip());
        }
        faults.add(name + " is " + kind(value) + "; allowed: a whole number");
        return null;
    }

    /** A time in whole seconds, as their number or as ISO 8601 writes it; null when it is not given, or none. */
    @Nullable
    Long seconds(String name) {
        @Nullable Object value = values.get(name);
        if (value instanceof String text
                && text.strip().toUpperCase(Locale.ROOT).startsWith("P")) {
            try {
                return Duration.parse(text.strip()).toSeconds();
            } catch (DateTimeParseException repeatsTheText) {
                faults.add(name + " is text; allowed: a whole number of seconds, or a duration as PT1H");
                return null;
            }
        }
        return whole(name);
    }

    int asInt(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    /** A flag; null when it is not given, or none. */
    @Nullable
    Boolean flag(String name) {
        @Nullable Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        String said = value instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
        if (Set.of("true", "1", "yes", "on").contains(said)) {
            return true;
        }
        if (Set.of("false", "0", "no", "off").contains(said)) {
            return false;
        }
        faults.add(name + " is " + kind(value) + " and no flag; allowed: true, 1, yes, on, false, 0, no, off");
        return null;
    }

    /** A text; null when it is not given, or none. */
    @Nullable
    String text(String name) {
        @Nullable Object value = values.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        faults.add(name + " is " + kind(value) + "; allowed: text");
        return null;
    }

    /** Whole numbers by name; null when it is not given, or none. */
    @Nullable
    Map<String, Long> numbers(String name) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            faults.add(name + " is " + kind(value) + "; allowed: whole numbers by name");
            return null;
        }
        Map<String, Long> numbers = new TreeMap<>();
        map.forEach((key, each) -> {
            Long number = whole(name + "." + key, each);
            if (number != null) {
                numbers.put(String.valueOf(key), number);
            }
        });
        return numbers;
    }

    static String kind(Object value) {
        if (value instanceof String) {
            return "text";
        }
        if (value instanceof Boolean) {
            return "a flag";
        }
        if (value instanceof Number) {
            return "a number with a fraction";
        }
        return value instanceof Map ? "a map" : "of another kind";
    }
}
