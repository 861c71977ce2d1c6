package io.cachemigrator.map;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long entries of a key space live. The rule is for new entries; what is carried over keeps the deadline that it
 * has, or has none.
 *
 * @param orNull the default time to live, positive, or null for entries that never expire
 */
public record TtlRule(@Nullable Duration orNull) {
    /** Entries that never expire. */
    public static final TtlRule NONE = new TtlRule(null);

    /** Checks the range. */
    public TtlRule {
        if (orNull != null && (orNull.isNegative() || orNull.isZero())) {
            throw new IllegalArgumentException(
                    "A time to live of " + orNull + " is not positive. Use NONE or a positive one.");
        }
    }

    /** The default time to live; empty for entries that never expire. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(orNull);
    }
}
