package io.cachemigrator.map.translate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the consolidated shapes write them: UTC with its {@code Z}, to the microsecond. */
final class UtcText {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private UtcText() {}

    static String of(Instant instant) {
        return FORMAT.format(instant);
    }

    /**
     * The time between two zone-less times of one clock, which is the same in every zone but for a change of summer
     * time.
     *
     * @return null where one is missing or cannot be read, or the second is before the first
     */
    static @Nullable Duration between(@Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return null;
        }
        try {
            Duration between = Duration.between(local(first), local(second));
            return between.isNegative() ? null : between;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    /** An instant moved back, or null where that leaves the range of instants. */
    static @Nullable Instant minus(Instant instant, Duration duration) {
        try {
            return instant.minus(duration);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return null;
        }
    }

    private static LocalDateTime local(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }
}
