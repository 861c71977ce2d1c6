package io.cachemigrator.cache.local;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Settings of a cache as text. */
final class LocalCacheSettings {
    private LocalCacheSettings() {}

    static void apply(String text, LocalCacheBuilder<Object, Object> builder) {
        Set<String> seen = new HashSet<>();
        if (text.isEmpty()) {
            return;
        }
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            String name = pair[0].strip();
            if (!seen.add(name)) {
                throw refused(part, "is there twice");
            }
            if (pair.length == 1) {
                flag(name, builder);
            } else {
                value(name, pair[1].strip(), builder);
            }
        }
    }

    private static void flag(String name, LocalCacheBuilder<Object, Object> builder) {
        switch (name) {
            case "weakKeys" -> builder.weakKeys();
            case "weakValues" -> builder.weakValues();
            case "softValues" -> builder.softValues();
            case "recordStats" -> builder.recordStats();
            default -> throw refused(name, "is no setting that goes without a value");
        }
    }

    private static void value(String name, String value, LocalCacheBuilder<Object, Object> builder) {
        switch (name) {
            case "initialCapacity" -> builder.initialCapacity(Math.toIntExact(number(name, value)));
            case "concurrencyLevel" -> builder.concurrencyLevel(Math.toIntExact(number(name, value)));
            case "maximumSize" -> builder.maximumSize(number(name, value));
            case "maximumWeight" -> builder.maximumWeight(number(name, value));
            case "expireAfterAccess" -> builder.expireAfterAccess(time(name, value), unit(name, value));
            case "expireAfterWrite" -> builder.expireAfterWrite(time(name, value), unit(name, value));
            case "refreshAfterWrite", "refreshInterval" ->
                builder.refreshAfterWrite(time(name, value), unit(name, value));
            default -> throw refused(name, "is no setting that has a value");
        }
    }

    private static long number(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw refused(name, "has a value that is no whole number");
        }
        return Long.parseLong(text);
    }

    private static long time(String name, String text) {
        return text.isEmpty() ? number(name, text) : number(name, text.substring(0, text.length() - 1));
    }

    private static TimeUnit unit(String name, String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
            case 'd' -> TimeUnit.DAYS;
            case 'h' -> TimeUnit.HOURS;
            case 'm' -> TimeUnit.MINUTES;
            case 's' -> TimeUnit.SECONDS;
            default -> throw refused(name, "has a time without one of the units d, h, m and s");
        };
    }

    private static IllegalArgumentException refused(String name, String what) {
        return new IllegalArgumentException("'" + name + "' " + what + ". Correct the settings of the cache.");
    }
}
