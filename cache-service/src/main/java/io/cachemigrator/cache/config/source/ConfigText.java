package io.cachemigrator.cache.config.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values of settings from text. Each method throws {@link Refused} with what is allowed. */
final class ConfigText {
    private static final Pattern PART = Pattern.compile("([0-9]+)\\s*(ms|s|m|h|d)\\s*");
    private static final Pattern SIZE = Pattern.compile("([0-9]+)\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final String DURATIONS = "a duration such as 500ms, 30s, 1h30m, PT5M, or a number of seconds";
    private static final String SIZES = "a size such as 500, 64KB, 64KiB, 1GB";

    private ConfigText() {}

    /** Text that cannot be read as what a setting needs. The message says what is allowed. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String allowed) {
            super(allowed);
        }
    }

    static Duration duration(String text) throws Refused {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        try {
            if (lower.matches("[0-9]+")) {
                return Duration.ofSeconds(Long.parseLong(lower));
            }
            if (lower.startsWith("p") || lower.startsWith("-p")) {
                return Duration.parse(text.trim());
            }
            return sum(lower);
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            throw new Refused(DURATIONS);
        }
    }

    private static Duration sum(String text) throws Refused {
        Matcher part = PART.matcher(text);
        long millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            long unit = MILLIS.getOrDefault(part.group(2), 0L);
            millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
            end = part.end();
        }
        if (end != text.length() || text.isEmpty()) {
            throw new Refused(DURATIONS);
        }
        return Duration.ofMillis(millis);
    }

    static long size(String text) throws Refused {
        Matcher size = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT).replace("_", ""));
        Long unit = size.matches() ? UNITS.get(size.group(2)) : null;
        if (unit == null) {
            throw new Refused(SIZES);
        }
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new Refused(SIZES);
        }
    }

    static int intSize(String text) throws Refused {
        long size = size(text);
        if (size > Integer.MAX_VALUE) {
            throw new Refused("a size of less than 2 GiB");
        }
        return (int) size;
    }

    static int integer(String text) throws Refused {
        try {
            return Integer.parseInt(text.trim().replace("_", ""));
        } catch (NumberFormatException unreadable) {
            throw new Refused("a whole number");
        }
    }

    static double share(String text) throws Refused {
        String number = text.trim();
        try {
            return number.endsWith("%")
                    ? Double.parseDouble(number.substring(0, number.length() - 1)) / 100
                    : Double.parseDouble(number);
        } catch (NumberFormatException unreadable) {
            throw new Refused("a number such as 0.25, or 25%");
        }
    }

    static boolean flag(String text) throws Refused {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new Refused("true or false");
        };
    }

    static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.trim());
            }
        }
        return items;
    }

    static Path path(String text) throws Refused {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new Refused("a path");
        }
    }

    /** Whether text says that there is none. */
    static boolean isNone(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        return lower.equals("none") || lower.equals("off") || lower.equals("false");
    }
}
